// Pieces of other files as evidence, cut to what a prompt has room for. Read through the project, so never from a file that
// must not be shown.
import { lineAt, lineStarts } from '../../core/lines.ts';
import { type Span, span, spanText } from '../../core/span.ts';
import type { Snippet } from '../../core/task.ts';
import type { WorkspaceProject } from '../workspace/project.ts';
import type { IndexedSymbol } from '../workspace/workspace-index.ts';
import { maxExcerpt } from './limits.ts';

/** Whole lines around a span. */
export function linesAround(text: string, { start, end }: Span, lines: number): Span {
  const starts = lineStarts(text);
  const first = Math.max(0, lineAt(starts, Math.min(start, text.length)) - lines);
  const last = lineAt(starts, Math.min(end, text.length)) + lines;
  return span(starts[first]!, starts[last + 1] ?? text.length);
}

/**
 * A declaration that an index named, with its body, as the file has it now. `undefined` when the file must not be read or
 * has changed so much that the declaration is not there any more.
 */
export function declarationExcerpt(
  project: WorkspaceProject,
  { path, name, span: whole, signature }: IndexedSymbol,
  about: Pick<Snippet, 'reason' | 'score'>,
): Snippet | undefined {
  const text = project.text(path);
  if (text === undefined) return undefined;
  const shown = linesAround(text, whole, 0);
  const declared = dedented(spanText(text, shown));
  if (!declared.includes(name)) return undefined;
  return { path, span: shown, text: cut(declared), short: signature.trim(), ...about };
}

/** The lines around a span of a file, as it is now. */
export function excerpt(
  project: WorkspaceProject,
  path: string,
  where: Span,
  lines: number,
  about: Pick<Snippet, 'reason' | 'score'>,
): Snippet | undefined {
  const text = project.text(path);
  if (text === undefined || where.start > text.length) return undefined;
  const shown = linesAround(text, where, lines);
  return { path, span: shown, text: cut(dedented(spanText(text, shown))), ...about };
}

/** Without the indentation that all lines have, and without blank lines at its ends. */
export function dedented(text: string): string {
  const lines = text.replace(/^(?:[ \t]*\r?\n)+|\s+$/g, '').split('\n');
  const indents = lines.filter((line) => line.trim() !== '').map((line) => /^[ \t]*/.exec(line)![0].length);
  const common = indents.length > 0 ? Math.min(...indents) : 0;
  return lines.map((line) => line.slice(common)).join('\n');
}

/** At the end of a line where it is too long. */
const cut = (text: string): string =>
  text.length <= maxExcerpt ? text : `${text.slice(0, text.lastIndexOf('\n', maxExcerpt) + 1)}…`;
