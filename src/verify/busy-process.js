// Takes a processor for itself until its standard input ends, which it does at the latest with the process that
// started it.
process.stdin.on('end', () => process.exit(0)).resume();

function spin() {
  for (const until = performance.now() + 20; performance.now() < until;);
  setImmediate(spin);
}
spin();
