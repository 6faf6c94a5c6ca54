// Keys that vouch was given for itself are no business of the programs that it starts.
import { expect, test } from 'vitest';
import { defaultSettings } from '../../../server/core/settings.ts';
import { withoutKeys } from '../../../server/orchestration/trials/without-keys.ts';

test('variables that any settings name as holding a key or a password are not handed on', () => {
  const endpoint = { baseURL: 'http://models.test/v1', api: 'auto' } as const;
  const settings = [
    { ...defaultSettings, models: { coder: { ...endpoint, apiKeyEnv: 'KEY' }, tester: endpoint } },
    { ...defaultSettings, index: { url: 'postgres://index.test/team', passwordEnv: 'PASSWORD' } },
  ];
  const environment = { KEY: 'k', PASSWORD: 'p', PATH: '/bin', HOME: '/home' };
  expect(withoutKeys(settings, environment)).toEqual({ PATH: '/bin', HOME: '/home' });
});
