// What sandboxes keep on disk lies in one folder a process: removed with it, or by the next one where it was killed.
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { keptFolder, makeFolder, removeFolder } from '../../../server/validation/sandbox/temporary.ts';

const folder = mkdtempSync(join(tmpdir(), 'vouch-temporary-'));
const { TMPDIR: before } = process.env;
process.env.TMPDIR = folder;
afterAll(() => {
  if (before === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = before;
  rmSync(folder, { recursive: true });
});

it.runIf(process.platform === 'linux')(
  'what a killed process left is removed; what belongs to others stays',
  async () => {
    const namespace = /\d+/.exec(readlinkSync('/proc/self/ns/pid'))![0];
    const { pid } = spawnSync('true');
    const left = join(folder, `vouch-sandbox-${namespace}-${pid}-0`);
    const living = join(folder, `vouch-sandbox-${namespace}-${process.ppid}-0`);
    const elsewhere = join(folder, `vouch-sandbox-1-${pid}-0`);
    for (const path of [left, living, elsewhere]) {
      mkdirSync(join(path, 'place-a'), { recursive: true });
      writeFileSync(join(path, 'place-a/file'), '');
    }
    const made = await makeFolder();
    while (existsSync(left)) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(existsSync(living)).toBe(true);
    expect(existsSync(elsewhere)).toBe(true);
    mkdirSync(join(made, 'closed/inner'), { recursive: true, mode: 0o700 });
    await removeFolder(made);
    expect(existsSync(made)).toBe(false);
  },
);

it('a kept folder is filled once, and again when somebody took it away', async () => {
  let filled = 0;
  const fill = async (path: string): Promise<void> => {
    filled++;
    writeFileSync(join(path, 'file'), '');
  };
  const [one, other] = await Promise.all([keptFolder('kept', fill), keptFolder('kept', fill)]);
  expect(one).toBe(other);
  expect(filled).toBe(1);
  rmSync(one, { recursive: true });
  expect(readdirSync(await keptFolder('kept', fill))).toEqual(['file']);
  expect(filled).toBe(2);
});
