// Evidence: what several records of one check come to.
import { expect, test } from 'vitest';
import type { CheckRecord } from '../../server/core/task.ts';
import { joinedRecords } from '../../server/validation/evidence.ts';

const record = (outcome: CheckRecord['outcome'], note: string): CheckRecord => ({
  name: 'examples/failed',
  outcome,
  note,
});

test('counts of one check are added up', () => {
  expect(
    joinedRecords([record('passed', '1 of 1 example passed'), record('passed', '2 of 2 examples passed')]),
  ).toEqual([record('passed', '3 of 3 examples passed')]);
  expect(
    joinedRecords([record('passed', '2 of 2 examples passed'), record('failed', '0 of 1 example passed')]),
  ).toEqual([record('failed', '2 of 3 examples passed')]);
});

test('a failure outweighs what passed, and that what was not run', () => {
  expect(
    joinedRecords([
      record('not-run', 'there are none'),
      record('passed', '1 of 1 example passed'),
      record('failed', 'It cannot be loaded: no module `a`'),
    ]),
  ).toEqual([record('failed', 'It cannot be loaded: no module `a`')]);
  expect(
    joinedRecords([record('not-run', 'there are none'), record('passed', '1 of 1 example passed')]),
  ).toEqual([record('passed', '1 of 1 example passed')]);
});
