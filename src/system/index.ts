// Processes and folders of the operating system, and cleaning both up when this process ends early.
export { onEarlyEnd } from './early-end.ts';
export { filesBelow } from './files-below.ts';
export { isHurried } from './hurried.ts';
export {
  countRunnableThreads,
  cpuMilliseconds,
  descendants,
  findTree,
  isAlive,
  killAll,
  killTree,
  listProcesses,
  mainThreadIsRunnable,
  residentBytes,
  UnkillableError,
  type ProcessEntry,
} from './process-tree.ts';
export {
  endStrays,
  isSandboxed,
  keepers,
  openSandbox,
  sandboxUser,
  strays,
  studentCommand,
  unmarkedStrays,
  type Sandbox,
} from './sandbox.ts';
export { temporaryFolder, type TemporaryFolder } from './temporary-folder.ts';
