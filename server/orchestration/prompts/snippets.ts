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

/** What the heading and the fence of a snippet cost. */
const snippetOverhead = 24;

/** The best snippets that fit `budget` tokens together, in their order. One that does not fit lets smaller ones pass. */
export function chooseSnippets(
  snippets: readonly Snippet[],
  counter: TokenCounter,
  budget: number,
): readonly Snippet[] {
  let left = budget;
  return [...snippets]
    .sort((a, b) => b.score - a.score)
    .filter((snippet) => {
      const cost = counter.count(snippet.text) + snippetOverhead;
      if (cost > left) return false;
      left -= cost;
      return true;
    });
}

/** Without what the prompt shows anyway, as part of the file itself. */
export const unseen = (snippets: readonly Snippet[], { path }: Snapshot, shown: Span): readonly Snippet[] =>
  snippets.filter((snippet) => snippet.path !== path || !contains(shown, snippet.span));

/** Chat form: a heading with path and reason, and the code in a fence. Empty for none. */
export function showSnippets(snippets: readonly Snippet[], { language, shownPath }: Showing): string {
  if (snippets.length === 0) return '';
  const parts = snippets.map(
    ({ path, reason, text }) => `\`${shownPath(path)}\` (${reason}):\n${fence(text, language)}`,
  );
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
  return [...snippets]
    .reverse()
    .map(({ path, text }) => `${line(shownPath(path))}\n${text}\n`)
    .join('\n');
}

/** A fence longer than any run of backticks inside. */
export function fence(text: string, language: Language): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const ticks = '`'.repeat(longest + 1);
  return `${ticks}${language.id}\n${text}${text.endsWith('\n') ? '' : '\n'}${ticks}`;
}
