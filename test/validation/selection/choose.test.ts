// Choosing among candidates: what decides, how sure it is, and what is said for it.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ExampleResult } from '../../../server/validation/execution/index.ts';
import { type CandidateFacts, chooseCandidate, signsIn } from '../../../server/validation/selection/index.ts';
import { language, unit } from '../execution/kit.ts';

/** Examples by a letter each: `p`assed, `f`ailed, `n`ot run. Behaviours by a word each; `!` before an error, `…` for no end. */
function candidate(text: string, examples: string, behaviours: string, more: Partial<CandidateFacts> = {}) {
  const outcomes: Record<string, ExampleResult> = {
    p: { outcome: 'passed' },
    f: { outcome: 'failed', actual: '0' },
    n: { outcome: 'not-run', why: 'prose' },
  };
  return {
    text,
    faults: 0,
    judged: 0,
    signs: [],
    examples: [...examples].map((letter) => outcomes[letter]!),
    behaviours: behaviours
      .split(' ')
      .filter((word) => word !== '')
      .map((word) =>
        word.startsWith('!')
          ? { kind: 'raised' as const, error: word.slice(1) }
          : word === '…'
            ? { kind: 'timeout' as const }
            : { kind: 'value' as const, value: word },
      ),
    tests: [],
    ...more,
  } satisfies CandidateFacts;
}

const choose = (candidates: readonly CandidateFacts[], remaining = 0, comment = '') =>
  chooseCandidate({
    candidates,
    comment,
    inputs: (candidates[0]?.behaviours ?? []).map(() => ({ arguments: [], source: 'test' })),
    remaining,
  });

test('what most of those that pass as much do otherwise is not vouched for, unless tests were asked', () => {
  const split = (more: Partial<CandidateFacts> = {}) => [
    ...Array.from({ length: 30 }, () => candidate('a', 'ppppp', '1 1 1 1 1 1 1 1 2', more)),
    ...Array.from({ length: 18 }, () => candidate('b', 'ppppp', '1 1 1 1 1 1 1 1 3', more)),
    ...Array.from({ length: 18 }, () => candidate('c', 'ppppp', '1 1 1 1 1 1 1 1 4', more)),
  ];
  expect(choose(split())).toMatchObject({ verdict: 'checked', agreement: { same: 30, of: 66 } });
  expect(choose(split({ tests: ['passed'] })).verdict).toBe('vouched');
});

describe('what decides', () => {
  test('examples before the number of equal candidates', () => {
    expect(
      choose([candidate('a', 'ff', '1 1'), candidate('a', 'ff', '1 1'), candidate('b', 'pp', '1 2')]).chosen,
    ).toBe(2);
  });
  test('the largest group where no example tells them apart', () => {
    expect(
      choose([candidate('a', '', '1 1'), candidate('b', '', '1 2'), candidate('c', '', '1 2')]).chosen,
    ).toBe(1);
  });
  test('fewer findings of judges, as after a repair that mended most of them', () => {
    expect(
      choose([candidate('a', '', '', { judged: 5 }), candidate('b', '', '', { judged: 1 })]).chosen,
    ).toBe(1);
  });
  test('one that was looked at, where others were not', () => {
    const { chosen, order, verdict } = chooseCandidate({
      candidates: [candidate('a', 'p', ''), candidate('b', 'p', '', { judged: 1 })],
      inputs: [],
      remaining: 0,
      among: new Set([1]),
    });
    expect([chosen, order, verdict]).toEqual([1, [1, 0], 'doubtful']);
  });
  test('findings and signs count against it, and what cannot be loaded comes last', () => {
    const { order } = choose([
      candidate('a', '', '', { unloadable: 'SyntaxError' }),
      candidate('b', '', '1', { faults: 1 }),
      candidate('c', '', '2', { signs: ['unused-parameter'] }),
      candidate('d', '', '3'),
    ]);
    expect(order).toEqual([3, 2, 1, 0]);
  });
  test('generated tests, as far as others believe them', () => {
    const tests = (passed: string) => ({
      tests: [...passed].map((one) => (one === 'p' ? ('passed' as const) : ('failed' as const))),
    });
    expect(
      choose([
        candidate('a', '', '1', tests('fff')),
        candidate('b', '', '2', tests('ppf')),
        candidate('c', '', '3', tests('pff')),
      ]).chosen,
    ).toBe(1);
  });
  test('of equal ones that which came first', () => {
    expect(choose([candidate('a', 'p', '1'), candidate('b', 'p', '1')]).order).toEqual([0, 1]);
  });
  test('an end, where several give the same value at an input and others never end', () => {
    const slow = Array.from({ length: 4 }, () => candidate('a', 'p', '1 2 …'));
    const choice = choose([...slow, candidate('b', 'p', '1 2 3'), candidate('c', 'p', '1 2 3')]);
    expect(choice.chosen).toBe(4);
    // One alone may give anything.
    expect(choose([...slow, candidate('b', 'p', '1 2 3')]).chosen).toBe(0);
  });
  test('letters of the case that the comment asks for', () => {
    const upper = Array.from({ length: 3 }, () => candidate('a', '', `'IV' 'X'`));
    const all = [...upper, candidate('b', '', `'iv' 'x'`)];
    expect(choose(all, 0, 'Its numeral, in lowercase.').chosen).toBe(3);
    expect(choose(all, 0, 'Its numeral, in uppercase.').chosen).toBe(0);
    expect(choose(all, 0, 'Names in lower case become names in upper case.').chosen).toBe(0);
    expect(choose(upper, 0, 'Return it in lower-case').reasons).toContain(
      'it gives back letters of the case that its comment does not ask for',
    );
  });
  test('an example that none of many passes, while they pass others, is held to be wrong, and never vouched for', () => {
    const many = Array.from({ length: 12 }, () => candidate('a', 'pppf', '1 2'));
    const choice = choose([...many, candidate('b', 'ffff', '3 4')]);
    expect(choice).toMatchObject({ chosen: 0, verdict: 'doubtful' });
  });
});

describe('verdicts', () => {
  test('vouched: examples passed, and others agree', () => {
    const choice = choose(
      Array.from({ length: 5 }, () => candidate('a', 'ppp', '1 2 3')),
      10,
    );
    expect(choice).toMatchObject({ verdict: 'vouched', enough: true });
    expect(choice.reasons).toEqual(['all 3 examples pass', '5 of 5 candidates do the same']);
  });
  test('checked: nothing against it, and little for it', () => {
    expect(choose([candidate('a', '', '')], 3)).toMatchObject({ verdict: 'checked', enough: false });
  });
  test('of two that were not run, the one with warnings goes before the one with an error', () => {
    const error = candidate('a', '', '', { faults: 1, errors: 1 });
    const warnings = candidate('b', '', '', { faults: 2, errors: 0 });
    expect(choose([error, warnings])).toMatchObject({ chosen: 1 });
  });
  test('doubtful: an example fails, a check has a finding, nothing is there', () => {
    expect(choose([candidate('a', 'pf', '1')])).toMatchObject({
      verdict: 'doubtful',
      reasons: ['1 of 2 examples fails'],
    });
    expect(choose([candidate('a', 'pp', '1', { faults: 2 })])).toMatchObject({ verdict: 'doubtful' });
    expect(choose([candidate('a', 'pp', '1', { broken: 1 })])).toMatchObject({
      verdict: 'doubtful',
      reasons: ['properties have 1 finding', 'all 2 examples pass'],
    });
    expect(choose([candidate(' ', '', '')])).toMatchObject({ verdict: 'doubtful' });
    expect(choose([])).toMatchObject({ chosen: undefined, verdict: 'doubtful' });
  });
});

test('a property that does not hold weighs less than an example that fails', () => {
  const broken = candidate('a', 'pp', '', { broken: 1 });
  expect(choose([broken, candidate('b', 'pp', '')]).chosen).toBe(1);
  expect(choose([broken, candidate('b', 'pf', '')]).chosen).toBe(0);
});

test('all candidates are ordered, each once, whatever is known of them', () => {
  const any = fc
    .array(
      fc.record({
        text: fc.constantFrom('', 'a', 'b'),
        examples: fc.stringMatching(/^[pfn]{0,3}$/),
        behaviours: fc.constantFrom('', '1 2', '1 !E'),
        faults: fc.nat(2),
        broken: fc.boolean(),
      }),
    )
    .map((made) =>
      made.map(({ text, examples, behaviours, faults, broken }) =>
        candidate(text, examples, behaviours, { faults, ...(broken && { unloadable: 'no' }) }),
      ),
    );
  fc.assert(
    fc.property(any, (candidates) => {
      const { order, probability } = choose(candidates);
      expect([...order].sort((a, b) => a - b)).toEqual(candidates.map((_, index) => index));
      expect(probability).toBeGreaterThanOrEqual(0);
      expect(probability).toBeLessThanOrEqual(1);
    }),
  );
});

describe('signs', () => {
  const signs = (body: string): readonly string[] => signsIn(language('python'), unit('f(a, b)'), body);
  test.each([
    ['return a + b', []],
    ['"""Uses a and b."""\npass', ['placeholder', 'no-return', 'unused-parameter']],
    ['return a  # b is not needed', ['unused-parameter']],
    ['if a == b:\n    return 0\nreturn 0', ['constant']],
    ['if a == b:\n    return 0\nreturn 1', []],
    ['for x in a:\n    total = b', ['no-return']],
    ['a.append(b)', []],
    ['def f(a, b):\n    return a', ['unused-parameter']],
    ['# TODO: write it\nreturn a - b', ['placeholder']],
  ])('%j', (body, expected) => {
    expect(signs(body)).toEqual(expected);
  });
});
