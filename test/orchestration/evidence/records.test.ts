// Evidence outlives the server: found again by the code it is about, wherever that has moved, and by nothing else.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { findImprint, imprintOf } from '../../../server/orchestration/evidence/imprint.ts';
import { evidenceIn, keepEvidence } from '../../../server/orchestration/evidence/records.ts';
import { evidence } from '../../kit/scripted-workbench.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'vouch-evidence-'));
  vi.stubEnv('XDG_STATE_HOME', home);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true, force: true });
});

const code = 'def area(width, height):\n    return width * height';
const spanOf = (text: string) => ({ start: text.indexOf(code), end: text.indexOf(code) + code.length });

test('it is found where the code has moved to, with other ends of lines', async () => {
  const before = `import math\n\n${code}\n`;
  await keepEvidence('/project/a.py', before, spanOf(before), evidence(), false);
  const after = `# one line more\n${before}`.replaceAll('\n', '\r\n');
  const [found] = await evidenceIn('/project/a.py', after);
  expect(after.slice(found!.span.start, found!.span.end)).toBe(code.replaceAll('\n', '\r\n'));
  expect(found!.record.evidence).toEqual(evidence());
});

test('it is not found once the code is another, nor in another file', async () => {
  await keepEvidence('/project/a.py', code, spanOf(code), evidence(), false);
  expect(await evidenceIn('/project/a.py', code.replace('*', '+'))).toEqual([]);
  expect(await evidenceIn('/project/b.py', code)).toEqual([]);
});

test('a part of a line leaves no record, and no record holds code', async () => {
  await keepEvidence('/project/a.py', code, { start: 4, end: code.length }, evidence(), false);
  expect(readdirSync(home)).toEqual([]);
  await keepEvidence('/project/a.py', code, spanOf(code), evidence(), false);
  const written = readdirSync(home, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .map((name) => readFileSync(join(home, name), 'utf8'));
  expect(written).toHaveLength(1);
  expect(written[0]).not.toContain('width');
});

test('of several places that read the same, the nearest to where it stood is meant', async () => {
  const twice = `${code}\n\n\n${code}\n`;
  const second = { start: twice.lastIndexOf(code), end: twice.length - 1 };
  await keepEvidence('/project/a.py', twice, second, evidence(), false);
  const [found] = await evidenceIn('/project/a.py', `# one line more\n${twice}`);
  expect(found!.span.start).toBe(second.start + '# one line more\n'.length);
});

test('a line that stands there twice leaves no record: it may be the user’s own', async () => {
  const text = 'def a():\n    return None\n\ndef b():\n    return None\n';
  const start = text.lastIndexOf('    return');
  await keepEvidence('/project/a.py', text, { start, end: text.length }, evidence(), false);
  expect(await evidenceIn('/project/a.py', text)).toEqual([]);
  const once = text.replace('None', '1');
  await keepEvidence(
    '/project/a.py',
    once,
    { start: once.lastIndexOf('    return'), end: once.length },
    evidence(),
    false,
  );
  expect(await evidenceIn('/project/a.py', once)).toHaveLength(1);
});

test('when it was checked stays known when the user keeps it, and changes when it is checked again', async () => {
  const at = async (now: number, accepted: boolean) => {
    vi.setSystemTime(now);
    await keepEvidence('/project/a.py', code, spanOf(code), evidence(), accepted);
    const [found] = await evidenceIn('/project/a.py', code);
    return found!.record.at;
  };
  vi.useFakeTimers({ toFake: ['Date'] });
  try {
    expect([await at(1_000, false), await at(2_000, true), await at(3_000, false)]).toEqual([
      1_000, 1_000, 3_000,
    ]);
  } finally {
    vi.useRealTimers();
  }
});

test('a damaged record is passed over', async () => {
  await keepEvidence('/project/a.py', code, spanOf(code), evidence(), true);
  const [name] = readdirSync(home, { recursive: true, encoding: 'utf8' }).filter((one) =>
    one.endsWith('.json'),
  );
  writeFileSync(join(home, name!), '{"path": 1}');
  expect(await evidenceIn('/project/a.py', code)).toEqual([]);
});

test('whole lines are always found again', () => {
  const line = fc.string({ minLength: 1 }).filter((text) => !/[\r\n\u2028\u2029\v\f\x85]/.test(text));
  fc.assert(
    fc.property(fc.array(line), fc.array(line, { minLength: 1 }), fc.array(line), (above, middle, below) => {
      const block = middle.join('\n');
      fc.pre(block.trim() !== '');
      const text = [...above, block, ...below].join('\n');
      const start = above.reduce((sum, one) => sum + one.length + 1, 0);
      const known = imprintOf(text, { start, end: start + block.length });
      const found = known && findImprint(text, known);
      expect(found && text.slice(found.start, found.end)).toBe(block.trim());
    }),
  );
});
