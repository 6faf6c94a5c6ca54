// Tokens of a request: what fits is the nearest part of the text, in whole lines where a line fits at all.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitText, loadTokenCounter } from '../../server/orchestration/budget.ts';

const counter = await loadTokenCounter();
const texts = fc
  .array(fc.constantFrom('a = 1', '\n', '\r\n', '    ', 'naïve 😀', '<|endoftext|>', 'x'.repeat(50)))
  .map((parts) => parts.join(''));

describe('a text cut to a budget', () => {
  it('is a part of it from the right end, costs what it says, and never more than allowed', () => {
    fc.assert(
      fc.property(
        texts,
        fc.integer({ min: 0, max: 60 }),
        fc.constantFrom('start' as const, 'end' as const),
        (text, limit, keep) => {
          const { text: part, tokens } = fitText(counter, text, limit, keep);
          expect(keep === 'end' ? text.endsWith(part) : text.startsWith(part)).toBe(true);
          expect(tokens).toBe(counter.count(part));
          expect(tokens).toBeLessThanOrEqual(limit);
        },
      ),
    );
  });

  it('is all of it where all fits', () => {
    fc.assert(
      fc.property(texts, fc.constantFrom('start' as const, 'end' as const), (text, keep) => {
        expect(fitText(counter, text, counter.count(text), keep).text).toBe(text);
      }),
    );
  });

  it('keeps whole lines, and of a line that is too long alone what fits', () => {
    expect(fitText(counter, 'one = 1\ntwo = 2\nthree = 3\n', 8, 'end').text).toBe('three = 3\n');
    expect(fitText(counter, 'one = 1\ntwo = 2\nthree = 3\n', 8, 'start').text).toBe('one = 1\n');
    expect(fitText(counter, 'word '.repeat(100), 10, 'start').tokens).toBe(10);
  });
});

describe('the counter', () => {
  it('counts a little more than the tokenizer itself, and what looks like a special token as plain text', async () => {
    const { countTokens } = await import('gpt-tokenizer/encoding/cl100k_base');
    const code = 'def total(values):\n    """Sum."""\n\n    return sum(values)\n'.repeat(20);
    const exact = countTokens(code);
    expect(counter.count(code)).toBeGreaterThanOrEqual(exact);
    expect(counter.count(code)).toBeLessThan(exact * 1.2);
    expect(counter.count('<|endoftext|>')).toBeGreaterThan(1);
  });
});
