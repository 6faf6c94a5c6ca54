// incomplete/elision: a remark that stands where code was left out, "rest of the code stays the same".
import type { FileFacts } from '../../core/facts.ts';
import { contains, overlaps, type Span } from '../../core/span.ts';
import type { Check, CheckFinding } from '../check.ts';

const dots = String.raw`(?:\.{3,}|…)`;
const kept = '(?:existing|remaining|previous|other|original|unchanged|rest|same|omitted|similar|above)';
const things =
  '(?:code|implementation|methods?|functions?|class(?:es)?|file|imports?|fields?|logic|body|content|members?|properties|definitions?|cases?|tests?|lines?)';
const stays =
  '(?:(?:stays?|remains?|is|are|continues?)\\s+(?:exactly\\s+)?(?:the same|unchanged|omitted|as (?:is|before)|here)|(?:goes )?here|unchanged|omitted|the same|as before)';

/** Remarks that nobody writes but in place of code. */
const certain: readonly RegExp[] = [
  // ... existing code ...
  new RegExp(
    `^${dots}\\s*\\(?(?:the\\s+|your\\s+)?(?:(?!\\w+ing\\b)[\\w-]+\\s+){0,2}${kept}(?:\\s+[\\w'-]+){0,4}\\s*\\)?\\s*${dots}$`,
    'i',
  ),
  // rest of the code stays the same
  new RegExp(
    `^(?:${dots}\\s*)?(?:the\\s+)?(?:rest|remainder) of (?:the |your |this )?(?:[\\w-]+\\s+){0,2}${things}(?:\\s+(?:below|above))?\\s+${stays}\\b`,
    'i',
  ),
  // existing code remains unchanged; other methods stay the same
  new RegExp(
    `^(?:${dots}\\s*)?(?:the\\s+|all\\s+|your\\s+)*(?:existing|remaining|other|original|previous) ${things} (?:stays?|remains?|unchanged|here|goes here|omitted|as before)\\b`,
    'i',
  ),
  // keep the rest of the code as is
  /^(?:keep|leave) (?:the |all |your )*(?:existing|rest|remaining|other)\b.*\b(?:as is|as before|unchanged|the same)\b/i,
  // code omitted for brevity
  new RegExp(`^(?:${dots}\\s*)?(?:[\\w-]+\\s+){0,3}omitted for (?:brevity|clarity)\\b`, 'i'),
];

/** Remarks that are an elision where code was asked for, and may be an "and so on" elsewhere. */
const inCandidate: readonly RegExp[] = [
  new RegExp(`^${dots}$`),
  new RegExp(`^${dots}\\s*\\(?(?:the\\s+|your\\s+|all\\s+)*${kept}\\b`, 'i'),
  new RegExp(
    `^(?:the\\s+)?(?:rest|remainder) of (?:the |your )?(?:[\\w-]+\\s+){0,2}${things}\\b[\\s.]*$`,
    'i',
  ),
  new RegExp(
    `^(?:${dots}\\s*)?(?:add |insert |put |write )?(?:your|more|additional) (?:[\\w-]+\\s+){0,2}${things} (?:goes )?here\\b`,
    'i',
  ),
  /^(?:same|similar|unchanged) as (?:before|above|in the original)\b/i,
];

export const incompleteElision: Check = {
  name: 'incomplete/elision',
  severity: 'error',
  summary: 'A remark that stands where code was left out.',
  example: { languageId: 'javascript', code: 'function load(path) {\n  // ... existing code ...\n}\n' },
  judges: () => true,
  run(_, subject) {
    const { text, facts, before } = subject;
    const written = before && {
      start: before.edit.span.start,
      end: before.edit.span.start + before.edit.newText.length,
    };
    const remarks = facts.comments
      .filter(({ doc }) => !doc)
      .flatMap(({ span }) => linesOf(text, span))
      .filter(({ span }) => standsAlone(text, span));
    const found = remarks.filter(
      ({ words, span }) =>
        certain.some((pattern) => pattern.test(words)) ||
        (written && overlaps(written, span) && inCandidate.some((pattern) => pattern.test(words))),
    );
    const bare = written ? bareDots(text, written, facts) : [];
    return [
      ...found.map(({ span, words }) => finding(span, words)),
      ...bare.map((span) => finding(span, '...')),
    ];
  },
};

const finding = (span: Span, words: string): CheckFinding => ({
  span,
  message: `Code was left out here: "${words}"`,
  fixes: [],
});

interface Remark {
  readonly span: Span;
  /** Without comment marks. */
  readonly words: string;
}

function linesOf(text: string, { start, end }: Span): Remark[] {
  const remarks: Remark[] = [];
  let at = start;
  for (const line of text.slice(start, end).split('\n')) {
    const words = line
      .replace(/^[\s/#*;<!{-]+(?=[\s.…\w(])/, '')
      .replace(/[\s*/>}-]+$/, '')
      .trim();
    if (words !== '') {
      const offset = line.length - line.trimStart().length;
      remarks.push({ span: { start: at + offset, end: at + line.trimEnd().length }, words });
    }
    at += line.length + 1;
  }
  return remarks;
}

/** Whether nothing but white space, or the mark of an embedding (`{/* … *\/}`), stands before it on its line. */
const standsAlone = (text: string, { start }: Span): boolean =>
  /^[\s{*/#]*$/.test(text.slice(text.lastIndexOf('\n', start - 1) + 1, start));

/** Lines of the candidate that hold nothing but dots, in code, and are not a whole body: that would be a placeholder. */
function bareDots(text: string, written: Span, facts: FileFacts): Span[] {
  const spans: Span[] = [];
  for (const match of text.slice(written.start, written.end).matchAll(/^[ \t]*(\.{3}|…)[ \t]*;?[ \t]*$/gm)) {
    const start = written.start + match.index + match[0].indexOf(match[1]!);
    const span = { start, end: start + match[1]!.length };
    const quoted = [...facts.strings, ...facts.comments.map((comment) => comment.span)];
    if (quoted.some((other) => contains(other, span))) continue;
    const whole = facts.symbols.some(
      ({ body, doc }) => body && contains(body, span) && bodyWithout(text, body, doc) === match[1],
    );
    if (!whole) spans.push(span);
  }
  return spans;
}

function bodyWithout(text: string, body: Span, doc: Span | undefined): string {
  const start = doc && contains(body, doc) ? doc.end : body.start;
  return text.slice(start, body.end).trim();
}
