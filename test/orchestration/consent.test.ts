// Whether programs may be started: the setting, the answer that was given before, or a question asked once a folder.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { detachedRun } from '../../server/core/run.ts';
import { runAllowed, runRefused } from '../../server/input/settings/index.ts';
import { createConsent } from '../../server/orchestration/consent.ts';

const run = detachedRun(() => undefined);
const starts =
  (...programs: string[]) =>
  async () => ({ programs, isOpen: false });
const startsExamples = starts('examples');
/** Where no sandbox works. */
const startsOpen = async () => ({ programs: ['examples, without a sandbox'], isOpen: true });
/** Where a file lies that belongs to no workspace folder. */
const loose = join(tmpdir(), 'vouch-loose', 'scripts');
let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'vouch-consent-'));
  vi.stubEnv('XDG_STATE_HOME', home);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true, force: true });
});

function consentAnsweredBy(...answers: (string | undefined)[]) {
  const questions: string[] = [];
  const ask = async (message: string): Promise<string | undefined> => {
    questions.push(message);
    return answers.shift();
  };
  const consent = createConsent({ log: () => undefined, ask }, (folder) => folder !== loose);
  return { consent, questions };
}

test('the setting decides where it is not "ask"', async () => {
  const { consent, questions } = consentAnsweredBy();
  expect(await consent.refusal(run, home, 'never', startsExamples)).toMatch(/validation\.run/);
  expect(await consent.refusal(run, home, 'always', startsExamples)).toBeUndefined();
  expect(questions).toEqual([]);
});

test('a folder is asked about once, and its yes is remembered for the next start', async () => {
  const { consent, questions } = consentAnsweredBy('Allow in this folder');
  const both = [1, 2].map(() => consent.refusal(run, home, 'ask', starts('pyright', 'examples')));
  expect(await Promise.all(both)).toEqual([undefined, undefined]);
  expect(questions).toHaveLength(1);
  expect(questions[0]).toContain('pyright and examples');
  const later = consentAnsweredBy();
  expect(await later.consent.refusal(run, join(home, 'sub'), 'ask', startsExamples)).toBeUndefined();
  expect(later.questions).toEqual([]);
});

test('a closed question is no yes, and is not asked again before the next start', async () => {
  const { consent, questions } = consentAnsweredBy(undefined, 'Allow in this folder');
  expect(await consent.refusal(run, home, 'ask', startsExamples)).toMatch(/not allowed yet/);
  expect(await consent.refusal(run, home, 'ask', startsExamples)).toMatch(/not allowed yet/);
  expect(questions).toHaveLength(1);
});

test('a no for good is remembered', async () => {
  const { consent } = consentAnsweredBy('Never in this folder');
  await consent.refusal(run, home, 'ask', startsExamples);
  expect(await consentAnsweredBy().consent.refusal(run, home, 'ask', startsExamples)).toMatch(/you refused/);
});

test('a question that is never answered ends with the run', async () => {
  const controller = new AbortController();
  const consent = createConsent(
    { log: () => undefined, ask: () => new Promise(() => undefined) },
    () => true,
  );
  const waiting = consent.refusal({ ...run, signal: controller.signal }, home, 'ask', startsExamples);
  controller.abort(new Error('cancelled'));
  await expect(waiting).rejects.toThrow('cancelled');
});

test('the nearer decision counts, and one taken back is asked for anew', async () => {
  await runRefused.add(home);
  const child = join(home, 'child');
  await runAllowed.add(child);
  const { consent, questions } = consentAnsweredBy('Allow in this folder', 'Not now');
  expect(await consent.refusal(run, child, 'ask', startsExamples)).toBeUndefined();
  expect(await consent.refusal(run, home, 'ask', startsExamples)).toMatch(/you refused/);
  await runRefused.remove(home);
  expect(await consent.refusal(run, home, 'ask', startsExamples)).toBeUndefined();
  await runAllowed.remove(home);
  expect(await consent.refusal(run, home, 'ask', startsExamples)).toMatch(/not allowed yet/);
  expect(questions).toHaveLength(2);
});

test('a yes for a sandbox is none for code that nothing closes in, and is asked for again; the other way round it is', async () => {
  const { consent, questions } = consentAnsweredBy('Allow in this folder', 'Not now');
  expect(await consent.refusal(run, home, 'ask', startsExamples)).toBeUndefined();
  expect(await consent.refusal(run, home, 'ask', startsOpen)).toMatch(/not allowed yet/);
  expect(await consent.refusal(run, home, 'ask', startsOpen)).toMatch(/not allowed yet/);
  expect(await consent.refusal(run, home, 'ask', startsExamples)).toBeUndefined();
  expect(questions).toHaveLength(2);
  expect(questions[1]).toContain('without a sandbox');
  const next = consentAnsweredBy('Allow in this folder');
  expect(await next.consent.refusal(run, home, 'ask', startsOpen)).toBeUndefined();
  expect(await consentAnsweredBy().consent.refusal(run, home, 'ask', startsOpen)).toBeUndefined();
  expect(await consentAnsweredBy().consent.refusal(run, home, 'ask', startsExamples)).toBeUndefined();
});

test('a yes for a loose file is kept nowhere', async () => {
  const first = consentAnsweredBy('Allow in this folder');
  expect(await first.consent.refusal(run, loose, 'ask', startsExamples)).toBeUndefined();
  expect(await first.consent.refusal(run, loose, 'ask', startsExamples)).toBeUndefined();
  expect(first.questions).toHaveLength(1);
  const next = consentAnsweredBy(undefined);
  expect(await next.consent.refusal(run, loose, 'ask', startsExamples)).toMatch(/not allowed yet/);
});

test('what is refused does not even look for programs, and what has none asks nothing', async () => {
  const { consent, questions } = consentAnsweredBy('Allow in this folder');
  const unasked = () => Promise.reject(new Error('looked for'));
  expect(await consent.refusal(run, home, 'never', unasked)).toMatch(/validation\.run/);
  expect(await consent.refusal(run, home, 'ask', starts())).toMatch(/nothing here/);
  expect(questions).toEqual([]);
});
