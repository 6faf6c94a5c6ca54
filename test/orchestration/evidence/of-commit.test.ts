// What a commit brought is found by whichever path the editor had, and its digest is that of its bytes.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { detachedRun } from '../../../server/core/run.ts';
import { evidenceOfCommit } from '../../../server/orchestration/evidence/of-commit.ts';
import { keepEvidence } from '../../../server/orchestration/evidence/records.ts';
import { evidence } from '../../kit/scripted-workbench.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'vouch-commit-'));
  vi.stubEnv('XDG_STATE_HOME', join(home, 'state'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true, force: true });
});

test('in a folder that was opened by a link, of a file that is not UTF-8', async () => {
  const folder = join(home, 'real');
  mkdirSync(folder);
  symlinkSync(folder, join(home, 'link'));
  const code = 'def area(width, height):\n    return width * height';
  const bytes = Buffer.from(`# caf\u00e9\n${code}\n`, 'latin1');
  const text = bytes.toString('utf8');
  const start = text.indexOf(code);
  await keepEvidence(
    join(home, 'link', 'a.py'),
    text,
    { start, end: start + code.length },
    evidence(),
    false,
  );

  writeFileSync(join(folder, 'a.py'), bytes);
  const git = (...parameters: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@localhost', ...parameters], {
      cwd: folder,
      stdio: 'ignore',
    });
  git('init', '-q');
  git('add', '.');
  git('commit', '-qm', 'area');

  const { files } = await evidenceOfCommit(
    detachedRun(() => undefined),
    join(home, 'link'),
    'HEAD',
  );
  expect(files).toMatchObject([
    { path: 'a.py', sha256: createHash('sha256').update(bytes).digest('hex'), regions: [{}] },
  ]);
});
