// What is known of code beyond its checks goes with the code that it is about, and with nothing else.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { applyEdits, type Edit } from '../../server/core/span.ts';
import type { Evidence } from '../../server/core/task.ts';
import { createDocuments } from '../../server/input/documents.ts';
import { evidenceIn } from '../../server/orchestration/evidence/records.ts';
import { createKnownCode } from '../../server/orchestration/known-code.ts';
import { evidence } from '../kit/scripted-workbench.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'vouch-known-'));
  vi.stubEnv('XDG_STATE_HOME', home);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true, force: true });
});

const path = '/project/a.py';
const uri = `file://${path}`;
const stub = 'def double(number):\n    """\n    >>> double(1)\n    2\n    """\n    ...\n';
const body = 'return number + 0 + 0';
const written: Edit = { span: { start: stub.indexOf('...'), end: stub.indexOf('...') + 3 }, newText: body };
const example = { start: stub.indexOf('>>>'), end: stub.indexOf('>>>') + '>>> double(1)'.length };
const failed: Evidence = evidence({
  verdict: 'doubtful',
  findings: [
    { check: 'examples/failed', severity: 'error', path, span: example, message: 'gives 1', fixes: [] },
  ],
});

function opened(text: string) {
  const documents = createDocuments();
  const work: Promise<unknown>[] = [];
  const known = createKnownCode(
    documents,
    () => undefined,
    (one) => void work.push(one),
  );
  documents.listen(known.follow);
  documents.open({ uri, version: 1, path, languageId: 'python', text });
  const present = (): string => documents.get(uri)!.text;
  const change = (edit: Edit): void => documents.change(uri, documents.get(uri)!.version + 1, [() => edit]);
  const replace = (old: string, newText: string): void => {
    const start = present().indexOf(old);
    change({ span: { start, end: start + old.length }, newText });
  };
  return { known, change, replace, present, settled: () => Promise.all(work) };
}

test('code that was edited is attested no more', async () => {
  const { known, change, replace, present, settled } = opened(stub);
  known.offered(uri, [written], evidence());
  change(written);
  const [region] = known.regions(uri);
  expect(region).toBeDefined();
  replace('number + 0 + 0', 'number - 99');
  expect(known.regions(uri)).toEqual([]);
  await settled();
  expect(await evidenceIn(path, present())).toEqual([]);
});

test('what an example contradicts is told until the body is another', () => {
  for (const [old, text] of [
    [body, '...'],
    ['0 + 0', 'number'],
  ] as const) {
    const { known, change, replace } = opened(stub);
    known.offered(uri, [written], failed);
    change(written);
    replace('def double', '\n\ndef double');
    expect(known.findings(uri).map(({ span }) => span.start)).toEqual([example.start + 2]);
    replace(old, text);
    expect(known.findings(uri)).toEqual([]);
  }
});

test('a completion that is offered before the edit comes does not hide what was found in it', () => {
  const { known, change, present } = opened(stub);
  known.offered(uri, [written], failed);
  known.offered(uri, [{ ...written, newText: 'return number * number' }], evidence());
  change(written);
  expect(present()).toBe(applyEdits(stub, [written]));
  expect(known.findings(uri)).toHaveLength(1);
});
