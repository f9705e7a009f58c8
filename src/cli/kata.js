#!/usr/bin/env node
// Plain JavaScript: it can say in one sentence that Node is too old or packages are missing, and it makes TypeScript
// loadable for all that follows.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  refuse(
    `The kata need Node.js 20.19 or later, and this is ${process.versions.node}. Install a newer one from ` +
      `https://nodejs.org, then run the command again.`,
  );
} else {
  await import('../loader/register.js');
  try {
    const [{ main }, { endWithReader }] = await Promise.all([import('./main.ts'), import('./terminal.ts')]);
    endWithReader();
    process.exitCode = await main(process.argv.slice(2));
  } catch (error) {
    // Before `npm ci` not even the loader finds its compiler.
    const lost = /Cannot find package '([^']+)'/.exec(String(error))?.[1];
    if (lost === undefined) throw error;
    refuse(`The course's packages are not installed ("${lost}" is missing). Run npm ci, then the command again.`);
  }
}

/** @param {string} sentence */
function refuse(sentence) {
  console.error(sentence);
  process.exitCode = 1;
}
