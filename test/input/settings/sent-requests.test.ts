// The record of what was sent: bounded, private, whole, and written by several processes at once.
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  keepSentRequest,
  maximumKept,
  readSentRequests,
  type SentRequest,
} from '../../../server/input/settings/index.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'vouch-sent-'));
});
afterEach(() => rmSync(home, { recursive: true }));

const environment = () => ({ XDG_STATE_HOME: home });
const folder = () => join(home, 'vouch', 'sent');
const request = (at: number): SentRequest => ({
  at: 1_700_000_000_000 + at,
  endpoint: 'http://127.0.0.1:1/v1',
  role: 'coder',
  model: 'm',
  files: ['a.py'],
  tokens: 7,
  redactions: { password: 2 },
});

test('newest first, nothing where nothing was sent', async () => {
  expect(await readSentRequests(5, environment())).toEqual([]);
  for (const at of [1, 3, 2]) await keepSentRequest(request(at), environment());
  expect(await readSentRequests(2, environment())).toEqual([request(3), request(2)]);
});

test('only the last ones are kept', async () => {
  for (let at = 0; at < maximumKept + 5; at++) await keepSentRequest(request(at), environment());
  const kept = await readSentRequests(1_000, environment());
  expect(kept.length).toBe(maximumKept);
  expect(kept.at(-1)).toEqual(request(5));
});

test('nobody else may read it', async () => {
  await keepSentRequest(request(1), environment());
  expect(statSync(folder()).mode & 0o777).toBe(0o700);
  for (const name of readdirSync(folder())) expect(statSync(join(folder(), name)).mode & 0o777).toBe(0o600);
});

test('a damaged record is passed over', async () => {
  await keepSentRequest(request(1), environment());
  writeFileSync(join(folder(), '1800000000000-abc.json'), '{"at": 1');
  writeFileSync(join(folder(), '1800000000001-abc.json'), '{"at": "soon"}');
  expect(await readSentRequests(5, environment())).toEqual([request(1)]);
});

test('several processes at once lose and break nothing', async () => {
  const module = fileURLToPath(new URL('../../../server/input/settings/index.ts', import.meta.url));
  const script = (first: number) =>
    `import { keepSentRequest } from ${JSON.stringify(module)};
     await Promise.all(Array.from({ length: 20 }, (_, index) => keepSentRequest({ ...${JSON.stringify(request(0))}, at: ${first} + index })));`;
  await Promise.all(
    [0, 1, 2].map((process_) =>
      promisify(execFile)(
        process.execPath,
        ['--import', 'tsx', '--input-type=module', '-e', script(1_700_000_000_000 + process_ * 20)],
        {
          env: { ...process.env, ...environment() },
          cwd: fileURLToPath(new URL('../../..', import.meta.url)),
        },
      ),
    ),
  );
  const names = readdirSync(folder());
  expect(names.length).toBe(maximumKept);
  for (const name of names)
    expect(JSON.parse(readFileSync(join(folder(), name), 'utf8'))).toMatchObject({ model: 'm' });
});
