// Keeps one processor busy until its standard input closes, which happens at the latest when its parent exits.
process.stdin.on('end', () => process.exit(0)).resume();

function spin() {
  for (const until = performance.now() + 20; performance.now() < until;);
  setImmediate(spin);
}
spin();
