// What became of suggestions moves how sure later ones are, in files of the same kind, within bounds, and is kept.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createTuning } from '../../../server/development/models/embedded/tuning.ts';

const outcomes = (path: string, cameTrue: boolean, times: number) => {
  const tuning = createTuning();
  for (let time = 0; time < times; time++) tuning.learn(path, tuning.corrected(path, 0.75), cameTrue);
  return tuning;
};

test('with nothing known, confidence stays as it is', () => {
  expect(createTuning().corrected('a.py', 0.7)).toBe(0.7);
});

test('suggestions that were not wanted make later ones less sure, those that were taken more', () => {
  expect(outcomes('a.py', false, 30).corrected('b.py', 0.75)).toBeLessThan(0.6);
  expect(outcomes('a.py', true, 40).corrected('b.py', 0.65)).toBeGreaterThan(0.7);
  expect(outcomes('a.py', false, 20).corrected('b.rs', 0.75)).toBe(0.75);
});

test('what was learned fades with questions', () => {
  const tuning = outcomes('a.py', false, 50);
  for (let question = 0; question < 5_000; question++) tuning.fade('a.py');
  expect(tuning.corrected('a.py', 0.75)).toBeCloseTo(0.75, 2);
});

test('it is kept between two sessions', () => {
  const tuning = outcomes('a.py', false, 20);
  const next = createTuning();
  next.restore(tuning.saved());
  expect(next.corrected('a.py', 0.75)).toBe(tuning.corrected('a.py', 0.75));
});

test('whatever happens, order and bounds hold', () => {
  const confidence = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(confidence, fc.boolean())),
      confidence,
      confidence,
      (learned, first, second) => {
        const tuning = createTuning();
        for (const [sure, cameTrue] of learned) tuning.learn('a.go', sure, cameTrue);
        const [less, more] = first < second ? [first, second] : [second, first];
        expect(tuning.corrected('a.go', less)).toBeLessThanOrEqual(tuning.corrected('a.go', more));
        expect(tuning.corrected('a.go', more)).toBeLessThanOrEqual(1);
        expect(tuning.corrected('a.go', less)).toBeGreaterThanOrEqual(0);
      },
    ),
  );
});
