// Comments by which the author of a line says that it is meant: vouch's own, and those of other tools for the same fault.
import type { FileFacts } from '../core/facts.ts';
import type { CheckName } from '../core/finding.ts';
import { lineAt, lineStarts } from '../core/lines.ts';
import type { Span } from '../core/span.ts';

/** `vouch: ignore` for every check, `vouch: ignore[names/unresolved, syntax/error]` for some. */
const ownMark = /\bvouch:\s*ignore(?:\[([^\]]*)\])?/;

/** Marks of other tools. `codes` are the rules of that tool which report the same fault as the check. */
const otherMarks: readonly { checks: readonly CheckName[]; mark: RegExp; codes: RegExp }[] = [
  {
    checks: ['names/unresolved', 'imports/unknown-module'],
    mark: /#\s*noqa\b(?::\s*([\w, ]+))?/i,
    codes: /F821|F401|E999|F822/,
  },
  {
    checks: ['names/unresolved', 'imports/unknown-module'],
    mark: /#\s*(?:type|pyright|ty|mypy):\s*ignore(?:\[([^\]]*)\])?/,
    codes: /name|import|undefined|unresolved|attr|missing/i,
  },
  {
    checks: ['names/unresolved', 'imports/unknown-module'],
    mark: /@ts-(?:ignore|expect-error)\b()/,
    codes: /^$/,
  },
  {
    checks: ['names/unresolved', 'imports/unknown-module'],
    mark: /(?:eslint|oxlint)-disable(?:-next)?-line\b([^*]*)/,
    codes: /^\s*$|no-undef|unresolved/,
  },
];

/** Whether a comment on the line of `span`, or standing alone on the line above, excuses a finding of `check` there. */
export function createSuppression(text: string, facts: FileFacts): (check: CheckName, span: Span) => boolean {
  let comments: Map<number, string[]> | undefined;
  let starts: readonly number[] = [];
  const byLine = (): Map<number, string[]> => {
    const found = new Map<number, string[]>();
    // Only now: most texts have no finding, and nobody asks.
    starts = lineStarts(text);
    for (const { span } of facts.comments) {
      const comment = text.slice(span.start, span.end);
      if (!isMark(comment)) continue;
      const first = lineAt(starts, span.start);
      const last = lineAt(starts, span.end);
      add(found, first, comment);
      if (text.slice(starts[first], span.start).trim() === '') add(found, last + 1, comment);
    }
    return found;
  };
  return (check, span) => {
    comments ??= byLine();
    if (comments.size === 0) return false;
    return (comments.get(lineAt(starts, span.start)) ?? []).some((comment) => excuses(comment, check));
  };
}

const isMark = (comment: string): boolean =>
  ownMark.test(comment) || otherMarks.some(({ mark }) => mark.test(comment));

function excuses(comment: string, check: CheckName): boolean {
  const own = ownMark.exec(comment);
  if (own) return own[1] === undefined || own[1].split(',').some((name) => name.trim() === check);
  return otherMarks.some(({ checks, mark, codes }) => {
    const found = checks.includes(check) && mark.exec(comment);
    return found && (found[1] === undefined || codes.test(found[1]));
  });
}

function add(lines: Map<number, string[]>, line: number, comment: string): void {
  const known = lines.get(line);
  if (known) known.push(comment);
  else lines.set(line, [comment]);
}
