// Runs a try.ts in a process of its own, since it calls the student's code: argv is the file, then what the file gets.
import { pathToFileURL } from 'node:url';
import { formatFrame, inAnyExercise, isNotImplemented, studentFrame, throwerOf } from '#src/verdict/index.ts';

// A monitor sees what ends the process before Node prints it, and keeps nothing else from doing so.
process.on('uncaughtExceptionMonitor', (error) => {
  if (!isNotImplemented(error)) return;
  const place = studentFrame(error, inAnyExercise);
  const at = place === undefined ? '' : ` (${formatFrame(place)})`;
  console.error(`${throwerOf(error.stack) ?? 'A function'} is not implemented yet${at}.`);
  process.exit(1);
});

// To the file, it is the program that was started.
process.argv.splice(1, 1);
await import(pathToFileURL(process.argv[1]!).href);
