// Saving drops the words that no file has any more, and what is left answers as before.
import { expect, test } from 'vitest';
import {
  createEmbeddedEngine,
  type EmbeddedEngine,
} from '../../../server/development/models/embedded/index.ts';
import { fromBytes } from '../../../server/development/models/embedded/saved-state.ts';
import { createVocabulary } from '../../../server/development/models/embedded/vocabulary.ts';

const patience = 60_000;
const line = 'rows, err := db.Query(ctx, "users")\n';

const learn = (engine: EmbeddedEngine, files: Readonly<Record<string, string>>): void => {
  for (const [path, text] of Object.entries(files)) engine.learn(path, text);
  while (engine.work(100));
};

test('words of files that were forgotten are gone after a restart', () => {
  const engine = createEmbeddedEngine();
  const others = Array.from({ length: 300 }, (_, index) => `word${index} = ${index}\n`).join('');
  learn(engine, { 'old.go': others });
  engine.forget('old.go');
  learn(engine, { 'a.go': line.repeat(3), 'b.go': `func f() {\n\t${line}}\n`, 'c.go': `x := 7\n${line}` });
  const bytes = engine.save('');
  const vocabulary = createVocabulary();
  vocabulary.restore(fromBytes(bytes)!.pieces);
  expect(vocabulary.find('word7')).toBe(-1);
  expect(vocabulary.find('Query')).not.toBe(-1);

  const next = createEmbeddedEngine();
  expect(next.restore(bytes)).toBe('');
  const asked = { path: 'open', text: 'rows, err := ', offset: 13, threshold: 0, patience };
  const answer = next.complete(asked)[0];
  expect(answer?.text).toBe('db.Query(ctx, "users")');
  expect(answer).toEqual(engine.complete(asked)[0]);
  learn(next, { 'd.go': 'rows, err := pool.Fetch(ctx)\n'.repeat(5) });
  expect(next.stats().files).toBe(4);
});
