// A real thread that wants the spin lock while another one holds it. No explorer controls it.
import { workerData } from 'node:worker_threads';
import { SpinLock } from '#kata/13-fix-the-lock/spin-lock.ts';

const { lock, entered } = workerData as { lock: Int32Array; entered: Int32Array };
new SpinLock(lock).lock();
Atomics.store(entered, 0, 1);
