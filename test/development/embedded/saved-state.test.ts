// What the engine learned, kept as bytes: a restart knows all that was known, and bytes that are not whole are no use.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  createEmbeddedEngine,
  type EmbeddedEngine,
} from '../../../server/development/models/embedded/index.ts';

const patience = 60_000;
const line = 'rows, err := db.Query(ctx, "users")\n';
const files = { 'a.go': line.repeat(3), 'b.go': `func f() {\n\t${line}}\n`, 'c.go': `x := 7\n${line}` };

function learned(): EmbeddedEngine {
  const engine = createEmbeddedEngine();
  for (const [path, text] of Object.entries(files)) engine.learn(path, text);
  while (engine.work(100));
  return engine;
}
const answer = (engine: EmbeddedEngine) =>
  engine.complete({ path: 'open', text: 'rows, err := ', offset: 13, patience, threshold: 0 });

describe('what was learned and kept', () => {
  test('answers as before, and can be learned anew and forgotten', () => {
    const before = learned();
    before.forget('c.go');
    const after = createEmbeddedEngine();
    expect(after.restore(before.save('a note'))).toBe('a note');
    expect(answer(after)).toEqual(answer(before));
    expect(answer(after)[0]?.text).toBe('db.Query(ctx, "users")');
    expect(after.stats()).toMatchObject({ files: 2, length: before.stats().length });
    after.learn('a.go', 'rows, err := other()\n'.repeat(4));
    after.forget('b.go');
    while (after.work(100));
    expect(answer(after)[0]?.text).toBe('other()');
    expect(after.stats().files).toBe(1);
  });

  test('is of no use where something was read already', () => {
    const engine = learned();
    expect(engine.restore(learned().save(''))).toBeUndefined();
  });

  test('is of no use when it is cut, or a bit of it is another', () => {
    const bytes = learned().save('note');
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const damaged = bytes.slice();
        damaged[at]! ^= change;
        expect(createEmbeddedEngine().restore(damaged)).toBeUndefined();
        expect(createEmbeddedEngine().restore(bytes.slice(0, at))).toBeUndefined();
      }),
    );
  });
});
