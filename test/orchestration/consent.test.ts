// Whether programs may be started: the setting, the answer that was given before, or a question asked once a folder.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { detachedRun } from '../../server/core/run.ts';
import { createConsent } from '../../server/orchestration/consent.ts';

const run = detachedRun(() => undefined);
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
  const consent = createConsent({
    log: () => undefined,
    ask: async (message) => {
      questions.push(message);
      return answers.shift();
    },
  });
  return { consent, questions };
}

test('the setting decides where it is not "ask"', async () => {
  const { consent, questions } = consentAnsweredBy();
  expect(await consent.refusal(run, home, 'never', ['examples'])).toMatch(/validation\.run/);
  expect(await consent.refusal(run, home, 'always', ['examples'])).toBeUndefined();
  expect(questions).toEqual([]);
});

test('a folder is asked about once, and its yes is remembered for the next start', async () => {
  const { consent, questions } = consentAnsweredBy('Allow in this folder');
  const both = [1, 2].map(() => consent.refusal(run, home, 'ask', ['pyright', 'examples']));
  expect(await Promise.all(both)).toEqual([undefined, undefined]);
  expect(questions).toHaveLength(1);
  expect(questions[0]).toContain('pyright and examples');
  const later = consentAnsweredBy();
  expect(await later.consent.refusal(run, join(home, 'sub'), 'ask', ['examples'])).toBeUndefined();
  expect(later.questions).toEqual([]);
});

test('a closed question is no yes, and is not asked again before the next start', async () => {
  const { consent, questions } = consentAnsweredBy(undefined, 'Allow in this folder');
  expect(await consent.refusal(run, home, 'ask', ['examples'])).toMatch(/not allowed yet/);
  expect(await consent.refusal(run, home, 'ask', ['examples'])).toMatch(/not allowed yet/);
  expect(questions).toHaveLength(1);
});

test('a no for good is remembered', async () => {
  const { consent } = consentAnsweredBy('Never in this folder');
  await consent.refusal(run, home, 'ask', ['examples']);
  expect(await consentAnsweredBy().consent.refusal(run, home, 'ask', ['examples'])).toMatch(/you refused/);
});

test('a question that is never answered ends with the run', async () => {
  const controller = new AbortController();
  const consent = createConsent({ log: () => undefined, ask: () => new Promise(() => undefined) });
  const waiting = consent.refusal({ ...run, signal: controller.signal }, home, 'ask', ['examples']);
  controller.abort(new Error('cancelled'));
  await expect(waiting).rejects.toThrow('cancelled');
});
