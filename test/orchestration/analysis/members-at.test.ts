// Which members a completion may use: those of the value before the cursor, where its type is certain.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { detachedRun } from '../../../server/core/run.ts';
import { createEmbeddedEngine } from '../../../server/development/models/embedded/index.ts';
import type { Analysis } from '../../../server/orchestration/analysis/analysis.ts';
import { createAnalysis } from '../../../server/orchestration/analysis/local.ts';

const log = (): void => undefined;
let folder: string;
let analysis: Analysis;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vouch-members-'));
  analysis = createAnalysis({ log });
  await analysis.configure([{ path: folder, exclude: [], redact: false }], {
    exclude: [],
    redact: false,
    registries: {},
  });
});
afterAll(async () => {
  await analysis.dispose();
  rmSync(folder, { recursive: true });
});

async function membersAt(marked: string): Promise<readonly string[] | undefined> {
  const path = join(folder, 'a.py');
  const offset = marked.indexOf('$0');
  const text = marked.replace('$0', '');
  writeFileSync(path, text);
  await analysis.open({ uri: path, path, languageId: 'python', version: 1, text });
  return analysis.membersAt(detachedRun(log), { uri: path, version: 1 }, offset);
}

const box =
  'class Box:\n    def __init__(self) -> None:\n        self.size = 0\n\n    def shut(self) -> None: ...\n\n\n';

test('of a written type, whether nothing of the name is typed yet or some', async () => {
  for (const typed of ['', 'sh']) {
    expect(await membersAt(`${box}def pack(box: Box) -> None:\n    box.${typed}$0\n`)).toEqual(
      expect.arrayContaining(['size', 'shut']),
    );
  }
});

test('none where the type is not certain, and none where no value stands before the cursor', async () => {
  expect(await membersAt(`${box}def pack(box) -> None:\n    box.$0\n`)).toBeUndefined();
  expect(await membersAt(`${box}def pack(box: Box) -> None:\n    bo$0\n`)).toBeUndefined();
});

test('the engine proposes one of them where it would have proposed another', () => {
  const engine = createEmbeddedEngine();
  engine.learn('b.py', `${'box.open()\n'.repeat(6)}lid.shut()\n`);
  while (engine.work(1000));
  const text = 'box.open()\nbox.';
  const ask = (members?: readonly string[]) =>
    engine.complete({ path: 'a.py', text, offset: text.length, threshold: 0, patience: 5_000, members })[0]
      ?.text;
  expect(ask()).toBe('open()');
  expect(ask(['size', 'shut'])).toBe('shut()');
});
