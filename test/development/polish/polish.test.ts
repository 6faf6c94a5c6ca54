// Raw answers of models and what comes of them, from the cases under test/fixtures/polish.
import { describe, expect, test } from 'vitest';
import { polish } from '../../../server/development/polish/index.ts';
import { applied, contextOf, type PolishCase, polishCases } from './fixtures.ts';

const polished = (one: PolishCase): string => {
  const snapshot = { uri: 'file:///a', path: '/a', languageId: one.languageId, version: 1, text: one.text };
  return polish({ text: one.answer, snapshot, target: one.target }, contextOf(one)).text;
};

for (const { topic, cases } of polishCases()) {
  describe(topic, () => {
    test.each(cases.map((one) => [one.name, one] as const))('%s', (_, one) => {
      const text = polished(one);
      if (one.result === undefined) expect(text).toBe('');
      else expect(applied(one, text)).toBe(one.result);
    });
  });
}
