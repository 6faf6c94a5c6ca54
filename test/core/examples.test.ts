// Examples in documentation: every form by fixtures, and what holds whatever a comment says.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { docLines } from '../../server/core/documentation.ts';
import { type Example, readExamples, readOutput } from '../../server/core/examples/index.ts';
import { parseArchive } from '../kit/archive.ts';

const read = (text: string): readonly Example[] =>
  readExamples(docLines(text, { start: 0, end: text.length }), {
    name: 'area',
    parameters: ['width', 'height'],
  });

const shown = ({ form, code, expected, raises }: Example): string =>
  [form, code, raises === undefined ? (expected ?? '.') : `!${raises}`]
    .map((part) => part.replaceAll('\n', '\\n'))
    .join(' | ');

const { parts } = parseArchive(
  readFileSync(new URL('../fixtures/examples/forms.txt', import.meta.url), 'utf8'),
);

describe('forms', () => {
  test.each(parts)('$name', ({ text }) => {
    const [comment = '', found = ''] = text.split(/^--\n/m);
    expect(read(comment.trimEnd()).map(shown)).toEqual(found.split('\n').filter((line) => line !== ''));
  });
});

describe('what a function of examples prints', () => {
  test('the comments at its end', () => {
    expect(readOutput('fmt.Println(a)\n// Output: 3\n// 4\n')).toEqual({ text: '3\n4', ordered: true });
    expect(readOutput('f()\n\t// Unordered output:\n\t// a\n\t// b\n')).toEqual({
      text: 'a\nb',
      ordered: false,
    });
  });
  test('none where code follows, or nothing is said', () => {
    expect(readOutput('// Output: 3\nf()\n')).toBeUndefined();
    expect(readOutput('f()\n')).toBeUndefined();
  });
});

/** Literals as several languages write them. */
const value = fc.oneof(
  fc.integer().map(String),
  fc.stringMatching(/^[ -!#-&(-[\]-_a-~]{0,12}$/).map((text) => `"${text}"`),
  fc.constantFrom('true', 'False', 'None', 'nil', '[]', '{}', '[1, 2]', '{"a": [1]}', '(1, "x, y")'),
);
const name = fc
  .stringMatching(/^[a-z_][A-Za-z0-9_]{0,10}$/)
  .filter((word) => !/^(?:assert|expect|def|func|fn|fun|new|return)/.test(word));

describe('whatever a comment says', () => {
  test('it is read without failing, and every place lies within it', () => {
    const noise = fc.array(
      fc.oneof(
        fc.string({ unit: 'binary', maxLength: 30 }),
        fc.constantFrom(
          '>>> f(',
          '```',
          '~~~',
          '@example',
          '| a | b |',
          '|--|--|',
          'f(1) => ',
          '"',
          "'",
          '/** ',
          ' */',
          '\n',
          '\r\n',
          'Args:\n  x: y',
          '{@code ',
        ),
      ),
      { maxLength: 25 },
    );
    fc.assert(
      fc.property(noise, (pieces) => {
        const text = pieces.join('');
        for (const { span, call } of read(text)) {
          expect(0 <= span.start && span.start <= span.end && span.end <= text.length).toBe(true);
          if (call) expect(call.span.start >= 0 && call.span.end <= text.length).toBe(true);
        }
      }),
    );
  });

  test('a call with any literals comes back with its arguments and its value', () => {
    const mark = fc.constantFrom('=>', '→', '➞', '==', 'returns');
    fc.assert(
      fc.property(
        name,
        fc.array(value, { maxLength: 4 }),
        mark,
        value,
        (callee, given, between, expected) => {
          const code = `${callee}(${given.join(', ')})`;
          const text = `// ${code} ${between} ${expected}`;
          const [example] = read(text);
          expect(example).toMatchObject({ code, expected });
          expect(example!.call!.arguments.map((one) => one.text)).toEqual(given);
          expect(text.slice(example!.call!.nameSpan.start, example!.call!.nameSpan.end)).toBe(callee);
        },
      ),
    );
  });

  test('sessions keep their order', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(name, value), { minLength: 1, maxLength: 10 }), (all) => {
        const text = `"""\n${all.map(([callee, result]) => `    >>> ${callee}(1)\n    ${result}`).join('\n')}\n"""`;
        expect(read(text).map(({ code, expected }) => [code, expected])).toEqual(
          all.map(([callee, result]) => [`${callee}(1)`, result]),
        );
      }),
    );
  });
});
