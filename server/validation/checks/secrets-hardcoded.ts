// secrets/hardcoded: a key, token or password that is written in the code, found by the rules that keep them out of prompts.
import { contains, overlaps, type Span } from '../../core/span.ts';
import type { Check, CheckFinding } from '../check.ts';
import { isTestCode, liesAmongTests } from '../security/test-code.ts';

/** Kinds that are told by the name that they are given to; all others are known by their own form. */
const byName = new Set(['password', 'secret', 'token', 'key']);

/** Names and words of places where a value is shown rather than used. */
const shows = /example|sample|placeholder|dummy|fixture|mock|fake|docs?\b/i;

/** Values that a comparison or a label has rather than a secret: words, sentences, options, addresses, formats. */
const isWords = (value: string): boolean =>
  /\s|^--?(?:[a-z]+(?:-[a-z]+)*|\{\w*\})(?:=|$)/i.test(value) ||
  /^[A-Za-z]+(?:[-_.: ][A-Za-z]+)*$|^[A-Za-z]\w*(?:\.[A-Za-z]\w*)+$|^https?:\/\//.test(value);

export const secretsHardcoded: Check = {
  name: 'secrets/hardcoded',
  severity: 'warning',
  summary:
    'A key, token or password that is written in the code, where everybody finds it who has the code or its history.',
  example: {
    languageId: 'python',
    code: 'password = "Tr0ub4dor&3"\nconnect(user="root", password=password)\n',
  },
  judges: () => true,
  run(_, subject) {
    const { text, facts, project, before } = subject;
    if (!project.secretsIn || liesAmongTests(subject)) return [];
    const told: Span[] = [];
    return project.secretsIn(text).flatMap(({ span, kind }): CheckFinding[] => {
      // Several rules may see one secret; the most exact one comes first.
      if (told.some((one) => overlaps(one, span))) return [];
      const inside = facts.strings.find((one) => contains(one, span));
      if (!inside || isTestCode(subject, span)) return [];
      const value = text.slice(span.start, span.end);
      // An answer that keeps what stood there adds nothing: its secret was put back for the placeholder that it was shown as.
      if (before?.text.includes(value)) return [];
      if (byName.has(kind) && (isWords(value) || shows.test(lineAround(text, span.start)))) return [];
      if (byName.has(kind) && isDocumentation(text, inside)) return [];
      told.push(span);
      return [
        {
          span,
          message: `${withArticle(kind)} stands in the code: keep it in the environment or a store for secrets`,
          fixes: [],
        },
      ];
    });
  },
};

/** A text of several lines that nothing is done with shows how something is used. */
const isDocumentation = (text: string, { start, end }: Span): boolean =>
  text.slice(start, end).includes('\n') &&
  text.slice(text.lastIndexOf('\n', start - 1) + 1, start).trim() === '';

const lineAround = (text: string, at: number): string => {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  const end = text.indexOf('\n', at);
  return text.slice(start, end < 0 ? text.length : end).slice(0, 500);
};

const withArticle = (kind: string): string => `${/^[aeiou]/i.test(kind) ? 'An' : 'A'} ${kind}`;
