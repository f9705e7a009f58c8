import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { KataError, loadCourse } from '#src/course/index.ts';
import { studentsEdition } from './edition.ts';

/** What {@link writeRepository} did. */
export interface WrittenRepository {
  /** `unchanged`: the last export has the same files, and there is no new commit. */
  readonly commit: 'first' | 'next' | 'unchanged';
  /** How many files the edition has. */
  readonly files: number;
  /** Skeletons that students may have worked in and that differ from the last export: `a.ts`, or `a.ts → b.ts`. */
  readonly changedSkeletons: readonly string[];
}

/** The line of a commit message by which an export is known. */
const trailer = 'Kata-Export: students';
const run = promisify(execFile);

/**
 * Writes the students' edition as a commit. A folder that holds an earlier export gets one more commit on top of it, so
 * that Git can merge the difference into what students have made of the earlier one.
 * @param root the course, absolute
 * @param out a folder that is missing, empty, or the work of an earlier call
 * @throws {KataError} where the folder is something else
 */
export async function writeRepository(root: string, out: string): Promise<WrittenRepository> {
  const folder = resolve(out);
  const isNew = await isEmpty(folder, out);
  const git = gitIn(folder);
  if (!isNew) await mustBeExport(git, folder, out);
  const files = await studentsEdition(root);
  await mkdir(folder, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    throw new KataError(texts.noFolder(out, error.code ?? error.message));
  });
  if (isNew) await git('init', '--quiet', '--initial-branch', 'main');
  const before = isNew ? [] : (await git('ls-files', '-z')).split('\0').filter((path) => path !== '');
  const gone = before.filter((path) => !files.has(path));
  await Promise.all(gone.map((path) => rm(join(folder, path), { force: true })));
  await Promise.all(
    [...files].map(async ([path, content]) => {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), content);
    }),
  );
  await git('add', '--all');
  if ((await git('status', '--porcelain')) === '')
    return { commit: 'unchanged', files: files.size, changedSkeletons: [] };
  const subject = isNew ? 'The course' : 'A new version of the course';
  await git('commit', '--quiet', '--no-verify', '--message', subject, '--message', trailer);
  const changedSkeletons = isNew ? [] : await skeletonChanges(root, git);
  return { commit: isNew ? 'first' : 'next', files: files.size, changedSkeletons };
}

type Git = (...args: string[]) => Promise<string>;

/** Git without the settings of this user and shell that could change what is committed. */
function gitIn(folder: string): Git {
  const { GIT_DIR: _, GIT_WORK_TREE: __, GIT_INDEX_FILE: ___, ...environment } = process.env;
  const env = { GIT_AUTHOR_NAME: 'kata export', GIT_AUTHOR_EMAIL: 'kata@localhost', ...environment };
  const committer = { GIT_COMMITTER_NAME: env.GIT_AUTHOR_NAME, GIT_COMMITTER_EMAIL: env.GIT_AUTHOR_EMAIL };
  const settings = ['core.autocrlf=false', 'core.excludesFile=', 'core.quotePath=false', 'commit.gpgSign=false'];
  const always = ['-C', folder, ...settings.flatMap((setting) => ['-c', setting])];
  return async (...args) => {
    const options = { env: { ...committer, ...env }, maxBuffer: 64 << 20 };
    return (await run('git', [...always, ...args], options).catch(notFound)).stdout;
  };
}

function notFound(error: NodeJS.ErrnoException): never {
  throw error.code === 'ENOENT' ? new KataError(texts.noGit) : error;
}

async function isEmpty(folder: string, out: string): Promise<boolean> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw new KataError(error.code === 'ENOTDIR' ? texts.isFile(out) : texts.noFolder(out, error.code ?? ''));
  });
  return names.length === 0;
}

/** @throws {KataError} unless the folder is as an earlier export left it */
async function mustBeExport(git: Git, folder: string, out: string): Promise<void> {
  if (!existsSync(join(folder, '.git'))) throw new KataError(texts.notEmpty(out));
  const last = await git('log', '-1', '--format=%h %s%n%b').catch((error: unknown) => {
    if (error instanceof KataError) throw error;
    return '';
  });
  if (!last.includes(trailer)) throw new KataError(texts.otherCommit(out, last.split('\n')[0] ?? ''));
  if ((await git('status', '--porcelain')) !== '') throw new KataError(texts.unclean(out));
}

/** @returns the student's files that the last commit changed, renamed or removed */
async function skeletonChanges(root: string, git: Git): Promise<string[]> {
  const { exercises } = await loadCourse(root);
  const students = new Set(
    exercises.flatMap(({ slug, files }) => files.student.map((name) => `exercises/${slug}/${name}`)),
  );
  const changes = await git('diff', '--name-status', '--find-renames', 'HEAD~1', 'HEAD', '--', 'exercises/*.ts');
  return changes.split('\n').flatMap((line) => {
    const [status = '', path = '', renamed] = line.split('\t');
    if (renamed !== undefined) return [`${path} → ${renamed}`];
    if (status === 'D') return [`${path} (removed)`];
    return status === 'M' && students.has(path) ? [path] : [];
  });
}

const texts = {
  noGit:
    'git was not found, and the edition for students is a Git repository. Install Git, then run the command again.',
  isFile: (out: string) => `--out must name a folder, and "${out}" is a file. Name a folder that is not there yet.`,
  noFolder: (out: string, reason: string) => `The folder "${out}" cannot be used (${reason}): name another.`,
  notEmpty: (out: string) =>
    `"${out}" is not empty, and no earlier export made it. Name a folder that is not there yet, or the folder of an ` +
    'earlier export.',
  otherCommit: (out: string, commit: string) =>
    `The last commit of "${out}" was not made by an export${commit === '' ? '' : ` (${commit})`}. Change the course ` +
    'instead, undo that commit, or name a folder that is not there yet.',
  unclean: (out: string) =>
    `"${out}" has changes that are not committed. Undo them with \`git checkout .\` and \`git clean -d\` there, then ` +
    'run the command again.',
};
