// What a program has written to its folder, looked at where room on the disk is gone: others write to it, too.
import { chmodSync, linkSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { bytesSince } from '../../../server/validation/sandbox/resources.ts';

const MB = 1024 ** 2;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vouch-resources-'));
  mkdirSync(join(folder, 'deep/er'), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));
const megabytes = (since: number): number => Math.floor(bytesSince([folder], since, Infinity) / MB);

test('files count where they lie, once for all of their names, whatever time they claim to be of', () => {
  const path = join(folder, 'deep/er/large');
  writeFileSync(path, Buffer.alloc(2 * MB, 1));
  linkSync(path, join(folder, 'other name'));
  utimesSync(path, 0, 0);
  expect(megabytes(Date.now() - 60_000)).toBe(2);
});

test('what was there before does not count', () => {
  writeFileSync(join(folder, 'large'), Buffer.alloc(2 * MB, 1));
  expect(megabytes(Date.now() + 60_000)).toBe(0);
});

test.skipIf(process.getuid?.() === 0 || process.platform === 'win32')(
  'what is hidden counts as too much',
  () => {
    chmodSync(join(folder, 'deep'), 0);
    expect(bytesSince([folder], 0, Infinity)).toBe(Infinity);
    chmodSync(join(folder, 'deep'), 0o700);
  },
);
