import { chmod, readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { Exercise } from '#src/course/index.ts';
import { openSandbox, type Sandbox } from '#src/system/index.ts';
import type { Tree } from './tree.ts';

/**
 * Opens a sandbox around a tree: student code sees the tree, the course's packages and Node, and neither the suite
 * itself nor anything else of this machine.
 * @returns the sandbox, or why there is none
 */
export async function isolate(root: string, { slug }: Exercise, tree: Tree): Promise<Sandbox | string> {
  const tests = join(tree.root, 'tests', slug);
  const hidden = (await readdir(tests)).filter((name) => name.endsWith('.test.ts')).map((name) => join(tests, name));
  const packages = await realpath(join(root, 'node_modules'));
  // The suite's process may run as another user, and reads these. Student code does not see them.
  if (tree.reference !== undefined) await chmod(tree.reference, 0o755);
  const visible = [tree.root, packages, ...(process.execPath.startsWith('/usr/') ? [] : [process.execPath])];
  return openSandbox({ folder: tree.folder, visible, hidden });
}
