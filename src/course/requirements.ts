import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lexer, type Token, type Tokens } from 'marked';
import type { Exercise } from './course-schema.ts';

/** A sentence of a lesson that an answer must fulfil: a bullet of a task with an id in a comment, `<!-- 1.fifo -->`. */
export interface Requirement {
  /** Number of the task and a word or two. */
  readonly id: string;
  /** Markdown, on one line. */
  readonly sentence: string;
}

const idComment = /\s*<!-- (\d+\.[a-z0-9-]+) -->/;

/**
 * @param text of a lesson's README.md
 * @returns its requirements, in order; examples in code blocks are none
 */
export const parseRequirements = (text: string): Requirement[] =>
  lexer(text)
    .filter(isList)
    .flatMap(({ items }) => items.flatMap(({ raw }) => requirementIn(raw)));

/** @param root the course, absolute */
export async function readRequirements(root: string, { slug }: Exercise): Promise<Requirement[]> {
  return parseRequirements(await readFile(join(root, 'exercises', slug, 'README.md'), 'utf8'));
}

const isList = (token: Token): token is Tokens.List => token.type === 'list';

function requirementIn(item: string): Requirement[] {
  const id = idComment.exec(item)?.[1];
  if (id === undefined) return [];
  const sentence = item
    .replace(idComment, '')
    .replace(/^[-*]\s+/, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return [{ id, sentence }];
}
