#!/usr/bin/env node
// Plain JavaScript that any Node can parse: it says so where Node is too old, and makes TypeScript loadable for all that follows.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`The kata need Node.js 20.19 or later, and this is ${process.version} (${process.execPath}). Install a newer one from https://nodejs.org, then run the command again.`);
  process.exitCode = 1;
} else {
  await import('../loader/register.js');
  const { main } = await import('./main.ts');
  process.exitCode = await main(process.argv.slice(2));
}
