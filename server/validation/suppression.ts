// Comments by which the author of a line says that it is meant: vouch's own, and those of other tools for the same fault.
import type { FileFacts } from '../core/facts.ts';
import type { CheckName } from '../core/finding.ts';
import { lineSpanAt } from '../core/lines.ts';
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
    checks: [
      ...(['names/unresolved', 'imports/unknown-module', 'imports/unknown-export'] as const),
      ...(['members/unknown', 'calls/arguments'] as const),
    ],
    mark: /@ts-(?:ignore|expect-error)\b()/,
    codes: /^$/,
  },
  {
    checks: ['names/unresolved', 'members/unknown', 'calls/arguments'],
    mark: /#\s*pylint:\s*disable(?:-next)?=([\w, -]+)/,
    codes:
      /undefined-variable|no-member|unexpected-keyword-arg|too-many-function-args|no-value-for-parameter|redundant-keyword-arg|E0602|E11\d\d/,
  },
  {
    checks: ['names/unresolved', 'imports/unknown-module'],
    mark: /(?:eslint|oxlint)-disable(?:-next)?-line\b([^*]*)/,
    codes: /^\s*$|no-undef|unresolved/,
  },
];

/** Whether a comment on the line of `span`, or standing alone on the line above, excuses a finding of `check` there. */
export function createSuppression(text: string, facts: FileFacts): (check: CheckName, span: Span) => boolean {
  return (check, span) => {
    const line = lineSpanAt(text, span.start);
    const above = line.start === 0 ? undefined : lineSpanAt(text, line.start - breakBefore(text, line.start));
    return facts.comments.some(({ span: { start, end } }) => {
      if (end < (above ?? line).start || start > line.end) return false;
      const onLine = start >= line.start;
      return (onLine || endsAlone(text, start, end, above)) && excuses(text.slice(start, end), check);
    });
  };
}

/** Code units of the line break that ends before `offset`. */
const breakBefore = (text: string, offset: number): number => (text.startsWith('\r\n', offset - 2) ? 2 : 1);

/** Whether a comment ends on the line `above` and has its own lines for itself. */
const endsAlone = (text: string, start: number, end: number, above: Span | undefined): boolean =>
  above !== undefined &&
  end >= above.start &&
  end <= above.end &&
  text.slice(lineSpanAt(text, start).start, start).trim() === '';

function excuses(comment: string, check: CheckName): boolean {
  const own = ownMark.exec(comment);
  if (own) return own[1] === undefined || own[1].split(',').some((name) => name.trim() === check);
  return otherMarks.some(({ checks, mark, codes }) => {
    const found = checks.includes(check) && mark.exec(comment);
    return found && (found[1] === undefined || codes.test(found[1]));
  });
}
