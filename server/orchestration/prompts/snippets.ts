// Snippets of the project as a prompt shows them, the best that fit.
import type { Language } from '../../core/language.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import { contains, type Span } from '../../core/span.ts';
import type { Snippet } from '../../core/task.ts';
import type { TokenCounter } from '../budget.ts';

/** How a prompt names files and marks code. */
export interface Showing {
  readonly language: Language;
  /** An absolute path as the model should see it: relative to the workspace. */
  readonly shownPath: (path: string) => string;
}

/** Tokens of the words above all snippets. */
const introduction = 10;

/** Tokens of a heading's marks and of the fence, beside path and reason; and of the lines between two snippets. */
const groupOverhead = 12;
const separator = 1;

/** Share of a snippet's worth that its short form has: a signature tells most of what a caller must know. */
const shortWorth = 0.75;

/** How steeply worth falls with the score: one that is certain to be used is worth many that may be. */
const steepness = 3;

/**
 * The snippets that are worth most together within `budget` tokens, best first: those first that give most for their
 * tokens, in their short form where they have one, then as much of the longer forms as there is room for.
 */
export function chooseSnippets(
  snippets: readonly Snippet[],
  counter: TokenCounter,
  budget: number,
  shownPath: Showing['shownPath'],
): readonly Snippet[] {
  const weighed = snippets.map((snippet) => {
    const full = counter.count(snippet.text) + separator;
    const short =
      snippet.short === undefined ? full : Math.min(full, counter.count(snippet.short) + separator);
    const worth = snippet.score ** steepness;
    const least = short < full ? worth * shortWorth : worth;
    return { snippet, full, short, least, more: worth - least };
  });
  const chosen = new Map<Snippet, Snippet>();
  const groups = new Set<string>();
  let left = budget - introduction;
  for (const { snippet, full, short } of by(weighed, ({ least, short }) => least / (short + groupOverhead))) {
    const group = groupOf(snippet);
    const heading = groups.has(group)
      ? 0
      : counter.count(`${shownPath(snippet.path)} (${snippet.reason})`) + groupOverhead;
    if (short + heading > left) continue;
    left -= short + heading;
    groups.add(group);
    chosen.set(snippet, short < full ? { ...snippet, text: snippet.short! } : snippet);
  }
  const longer = weighed.filter(({ snippet, more }) => more > 0 && chosen.has(snippet));
  for (const { snippet, full, short } of by(longer, ({ more, full, short }) => more / (full - short))) {
    if (full - short > left) continue;
    left -= full - short;
    chosen.set(snippet, snippet);
  }
  return by([...chosen.values()], ({ score }) => score).map(({ short: _, ...snippet }) => snippet);
}

/** From the highest to the lowest. */
const by = <Item>(items: readonly Item[], rate: (item: Item) => number): Item[] =>
  [...items].sort((a, b) => rate(b) - rate(a));

/** Snippets of one file that are here for one reason are shown together. */
const groupOf = ({ path, reason }: Snippet): string => `${path} (${reason})`;

/** In the order of the best of each group; within one, in the order of the file. */
function grouped(snippets: readonly Snippet[]): readonly (readonly Snippet[])[] {
  const groups = new Map<string, Snippet[]>();
  for (const snippet of snippets) {
    const group = groups.get(groupOf(snippet));
    if (group) group.push(snippet);
    else groups.set(groupOf(snippet), [snippet]);
  }
  return [...groups.values()].map((group) => group.sort((a, b) => a.span.start - b.span.start));
}

/** Without what the prompt shows anyway, as part of the file itself. */
export const unseen = (snippets: readonly Snippet[], { path }: Snapshot, shown: Span): readonly Snippet[] =>
  snippets.filter((snippet) => snippet.note || snippet.path !== path || !contains(shown, snippet.span));

/** Chat form: a heading with path and reason, and the code in a fence. Empty for none. */
export function showSnippets(snippets: readonly Snippet[], { language, shownPath }: Showing): string {
  if (snippets.length === 0) return '';
  const parts = grouped(snippets).map((group) => {
    const { path, reason } = group[0]!;
    return `\`${shownPath(path)}\` (${reason}):\n${fence(joined(group), language)}`;
  });
  return `Code of the project that may be used:\n\n${parts.join('\n\n')}`;
}

/** Fill-in-the-middle form: comments name the files, the most useful last, next to the cursor. */
export function commentSnippets(
  snippets: readonly Snippet[],
  { language: { comment }, shownPath }: Showing,
): string {
  const line = (text: string): string =>
    comment.line
      ? `${comment.line} ${text}`
      : comment.block
        ? `${comment.block[0]} ${text} ${comment.block[1]}`
        : text;
  return grouped(snippets)
    .slice()
    .reverse()
    .map((group) => `${line(shownPath(group[0]!.path))}\n${joined(group)}\n`)
    .join('\n');
}

/** Signatures on lines of their own stay close; what has several lines is set apart. */
const joined = (group: readonly Snippet[]): string =>
  group.reduce((whole, { text }) => {
    const code = text.trimEnd();
    return whole === '' ? code : whole + (code.includes('\n') || /\n.*\n/.test(whole) ? '\n\n' : '\n') + code;
  }, '');

/** A fence longer than any run of backticks inside. */
export function fence(text: string, language: Language): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const ticks = '`'.repeat(longest + 1);
  return `${ticks}${language.id}\n${text}${text.endsWith('\n') ? '' : '\n'}${ticks}`;
}
