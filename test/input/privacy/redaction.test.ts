// Placeholders: which one a value gets, where places of the original lie afterwards, and the way back.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRedaction, type Finder, loadFinder } from '../../../server/input/privacy/index.ts';

/** Every run of capital X, Y and Z is a secret, so that places are easy to see. */
const letters: Finder = (text) =>
  [...text.matchAll(/[XYZ]{3,}/g)].map(({ 0: value, index }) => ({
    kind: value.startsWith('X') ? 'token' : 'key',
    span: { start: index, end: index + value.length },
  }));

const all = await loadFinder();

describe('placeholders', () => {
  it('number what differs and name alike what is the same, in all texts', () => {
    const { redact } = createRedaction(letters);
    expect(redact('XXX XXY XXX YYY').text).toBe(
      '[redacted: token] [redacted: token 2] [redacted: token] [redacted: key]',
    );
    expect(redact('XXY XYX').text).toBe('[redacted: token 2] [redacted: token 3]');
  });

  it('stand for a value also where no rule sees it, if it was learnt', () => {
    const { learn, redact } = createRedaction(all);
    learn('password = "c0rrect-H0rse!9"');
    expect(redact('The answer is c0rrect-H0rse!9.').text).toBe('The answer is [redacted: password].');
    expect(redact('xc0rrect-H0rse!9x').text).toBe('xc0rrect-H0rse!9x');
  });

  it('stand for a line of a private key that a message quotes', () => {
    const { learn, redact } = createRedaction(all);
    const line = 'kT1vBnMqQwErTyUiOpAsDfGhJkLzXcVbNmQ2w4E6r8T0';
    learn(`-----BEGIN PRIVATE KEY-----\n${line}\nAb1${line}\n-----END PRIVATE KEY-----`);
    expect(redact(`> 12 | ${line}`).text).toBe('> 12 | [redacted: private key]');
  });

  it('are put back, but only for what the document holds', () => {
    const { redact, restore } = createRedaction(letters);
    redact('a XXX');
    redact('b XXY');
    expect(restore('[redacted: token] [redacted: token 2] [redacted: other]', 'a XXX')).toBe(
      'XXX [redacted: token 2] [redacted: other]',
    );
  });

  it('never take the place of words that a text had before', () => {
    const { redact, restore } = createRedaction(letters);
    const text = 'say [redacted: token] for XXX';
    const { text: after } = redact(text);
    expect(after).toBe('say [redacted: token] for [redacted: token 2]');
    expect(restore(after, text)).toBe(text);
  });
});

describe('places', () => {
  it('move along; inside of a secret they lie behind its placeholder', () => {
    const { redact } = createRedaction(letters);
    const after = redact('ab XXXX cd');
    const rest = after.text.indexOf(' cd');
    expect([0, 3, 4, 7, 8].map((offset) => after.offset(offset))).toEqual([0, 3, rest, rest, rest + 1]);
    expect(after.span({ start: 5, end: 6 })).toEqual({ start: 3, end: rest });
  });

  it('keep what is around them', () => {
    const text = fc.array(fc.constantFrom('a', 'b ', '\n', 'XXX', 'XYZ', 'YYYY', '😀'), { maxLength: 30 });
    fc.assert(
      fc.property(text, fc.nat(), (parts, at) => {
        const before = parts.join('');
        const offset = at % (before.length + 1);
        const after = createRedaction(letters).redact(before);
        const free = !letters(before)[Symbol.iterator]().next().value;
        if (free) expect(after.offset(offset)).toBe(offset);
        const place = after.offset(offset);
        const left = createRedaction(letters);
        left.redact(before);
        const restored = left.restore(after.text.slice(0, place), before);
        expect(before.startsWith(restored)).toBe(true);
        expect(restored.length).toBeGreaterThanOrEqual(offset);
      }),
    );
  });
});

describe('any text', () => {
  const texts = fc.array(
    fc.oneof(
      fc.string({ maxLength: 20 }),
      fc.constantFrom(
        ...['password', ' = "', '"', ': ', 'token', 'c0rrect-H0rse!9', '://', 'u:', '@', 'Bearer '],
        ...[
          '\n',
          '-----BEGIN PRIVATE KEY-----',
          '-----END PRIVATE KEY-----',
          'kT1vBnMqQwErTyUiOpAsDfGhJkL',
          '\\n',
        ],
      ),
    ),
    { maxLength: 25 },
  );

  it('is found again whole by the way back, and has nothing more to replace', () => {
    fc.assert(
      fc.property(texts, (parts) => {
        const text = parts.join('');
        const redaction = createRedaction(all);
        const once = redaction.redact(text).text;
        expect(redaction.restore(once, text).length).toBe(text.length);
        for (const { span, kind } of all(once)) {
          // Another secret may come to light where the first one ended; the placeholders themselves are none.
          expect(`${kind}: ${once.slice(span.start, span.end)}`).not.toMatch(/\[redacted: [^\]]*\]$/);
        }
      }),
    );
  });

  it('takes time in proportion to its length', () => {
    // No clock: what grows faster than the text would not end within the patience of a test.
    const long = 200_000;
    const hostile = [
      'a',
      'token',
      'password=',
      'token:',
      'A1b2',
      '-----BEGIN PRIVATE KEY-----\n',
      'http://a:',
      ' ',
      '"',
      'eyJ',
      'secret\n',
    ];
    for (const part of hostile) expect([...all(part.repeat(Math.ceil(long / part.length)))]).toBeDefined();
  });
});
