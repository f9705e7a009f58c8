// workerpool wants the Worker's script to register its functions.
import workerpool from 'workerpool';
import task from './pool-task.ts';

workerpool.worker({ task });
