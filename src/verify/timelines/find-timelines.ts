import { lexer, type Token, type Tokens } from 'marked';
import type { ShownTimeline } from '#src/interleave/index.ts';
import { textTimeline } from './text-timeline.ts';

/** A timeline of a lesson that an image shows, too. */
export interface LessonTimeline {
  /** The SVG. */
  readonly name: string;
  /** What it shows, in one sentence. */
  readonly title: string;
  /** The code block with the timeline. */
  readonly code: string;
  readonly timeline: ShownTimeline;
}

/** What a lesson has of them, and a sentence for each image that belongs to none. */
export interface Found {
  readonly timelines: readonly LessonTimeline[];
  readonly faults: readonly string[];
}

/**
 * Finds the timelines of a lesson: each one in a code block that an image follows, `![what it shows](name.svg)`.
 * @param path of the lesson, for messages
 * @param lesson Markdown
 */
export function timelinesOf(path: string, lesson: string): Found {
  const timelines: LessonTimeline[] = [];
  const faults: string[] = [];
  let before: Token | undefined;
  for (const token of lexer(lesson).filter(({ type }) => type !== 'space')) {
    for (const { href, text } of svgImages(token)) {
      const code = before?.type === 'code' ? (before as Tokens.Code).text : '';
      const timeline = textTimeline(code);
      if (timeline === undefined)
        faults.push(`${path}: the image ${href} must follow a code block with a timeline, as kata replay prints it.`);
      else if (text === '')
        faults.push(`${path}: the image ${href} needs a text that says what it shows: ![…](${href})`);
      else if (timelines.some(({ name }) => name === href))
        faults.push(`${path} has two images ${href}: give one another name.`);
      else timelines.push({ name: href, title: text, code, timeline });
    }
    before = token;
  }
  return { timelines, faults };
}

const svgImages = (token: Token): Tokens.Image[] =>
  token.type === 'paragraph'
    ? ((token as Tokens.Paragraph).tokens.filter(({ type }) => type === 'image') as Tokens.Image[]).filter(({ href }) =>
        /^[\w-]+\.svg$/.test(href),
      )
    : [];
