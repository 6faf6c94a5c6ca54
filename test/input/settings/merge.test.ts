// Which source wins, where each value is from, and what a project may not do before its folder is trusted.
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  describeProblem,
  findProjectFolder,
  isTrusted,
  loadSettings,
  trustFolder,
  untrustFolder,
} from '../../../server/input/settings/index.ts';
import { createHome } from './home.ts';

describe('the order of the sources', () => {
  it('is defaults, user, client, project; each value says where it is from', async () => {
    const home = createHome();
    home.user('{ "budget": { "repairs": 1, "samples": 3 }, "validation": { "scope": "file" } }');
    home.project('{ "budget": { "repairs": 0 } }');
    const client = { budget: { repairs: 5, samples: 4 } };
    const { settings, origins, files } = await loadSettings(
      { folder: home.folder, client },
      home.environment,
    );
    expect(settings.budget).toEqual({ contextTokens: 4096, samples: 4, repairs: 0 });
    expect(settings.validation.scope).toBe('file');
    expect(origins).toMatchObject({
      'budget.repairs': [{ kind: 'project', path: home.projectFile }],
      'budget.samples': [{ kind: 'client' }],
      'validation.scope': [{ kind: 'user', path: home.userFile }],
      'budget.contextTokens': [{ kind: 'default' }],
    });
    expect(files).toEqual([
      { kind: 'user', path: home.userFile, exists: true },
      { kind: 'project', path: home.projectFile, exists: true },
    ]);
  });

  it('adds lists of exclusions up', async () => {
    const home = createHome();
    home.user('{ "privacy": { "exclude": ["a", "b"] } }');
    home.project('{ "privacy": { "exclude": ["b", "c"] } }');
    const { settings, origins } = await loadSettings({ folder: home.folder }, home.environment);
    expect(settings.privacy.exclude).toEqual(['a', 'b', 'c']);
    expect(origins['privacy.exclude']?.map(({ kind }) => kind)).toEqual(['user', 'project']);
  });

  it('takes an endpoint from one source as a whole, so that a key never goes to another address', async () => {
    const home = createHome();
    home.user('{ "models": { "default": { "baseURL": "http://mine/v1", "apiKeyEnv": "MINE" } } }');
    home.project('{ "models": { "default": { "baseURL": "http://theirs/v1" } } }');
    await trustFolder(home.folder, home.environment);
    const { settings } = await loadSettings({ folder: home.folder }, home.environment);
    expect(settings.models.default).toEqual({ baseURL: 'http://theirs/v1', api: 'auto' });
  });

  it('looks for the user file where XDG_CONFIG_HOME says', async () => {
    const home = createHome();
    const elsewhere = { ...home.environment, XDG_CONFIG_HOME: join(home.folder, 'elsewhere') };
    const { files } = await loadSettings({}, elsewhere);
    expect(files[0]?.path).toBe(join(home.folder, 'elsewhere', 'vouch', 'config.json'));
  });
});

describe('a project that is not trusted', () => {
  const guarded: readonly [string, string, string][] = [
    ['another endpoint', '{ "models": { "coder": { "baseURL": "http://theirs/v1" } } }', 'models'],
    ['programs', '{ "validation": { "run": "always" } }', 'validation.run'],
    [
      'registries',
      '{ "validation": { "registries": { "pypi": "https://a.example/{name}" } } }',
      'validation.registries',
    ],
    ['more context', '{ "budget": { "contextTokens": 5000 } }', 'budget.contextTokens'],
    ['secrets', '{ "privacy": { "redact": false } }', 'privacy.redact'],
    ['an exclusion taken back', '{ "privacy": { "exclude": ["!secret"] } }', 'privacy.exclude[0]'],
  ];

  it.each(guarded)('gets no %s, and the user is told how to allow it', async (_, text, key) => {
    const home = createHome();
    home.project(text);
    const without = await loadSettings({}, home.environment);
    const { settings, problems, trusted } = await loadSettings({ folder: home.folder }, home.environment);
    expect(trusted).toBe(false);
    expect(settings).toEqual(without.settings);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ kind: 'untrusted', key, line: 1 });
    expect(describeProblem(problems[0]!)).toContain(`vouch trust ${home.folder}`);
  });

  it('chooses no index, trusted or not', async () => {
    const home = createHome();
    home.project('{ "index": { "url": "postgres://vouch@db/code" } }');
    for (const trust of [false, true]) {
      if (trust) await trustFolder(home.folder, home.environment);
      const { settings, problems } = await loadSettings({ folder: home.folder }, home.environment);
      expect(settings.index).toBeUndefined();
      expect(problems).toMatchObject([{ kind: 'untrusted', key: 'index', line: 1 }]);
    }
    home.user('{ "index": { "url": "postgres://vouch@mine/code" } }');
    const { settings } = await loadSettings({ folder: home.folder }, home.environment);
    expect(settings.index?.url).toBe('postgres://vouch@mine/code');
  });

  it.each(guarded)('gets %s once the folder is trusted', async (_, text) => {
    const home = createHome();
    home.project(text);
    await trustFolder(home.folder, home.environment);
    const without = await loadSettings({}, home.environment);
    const { settings, problems, trusted } = await loadSettings({ folder: home.folder }, home.environment);
    expect(trusted).toBe(true);
    expect(problems).toEqual([]);
    expect(settings).not.toEqual(without.settings);
  });

  it('does not bring a model in where the user keeps to the embedded engine', async () => {
    const home = createHome();
    home.user('{ "completion": { "engine": "embedded" } }');
    home.project('{ "completion": { "engine": "auto" } }');
    const { settings } = await loadSettings({ folder: home.folder }, home.environment);
    expect(settings.completion.engine).toBe('embedded');
  });

  it('may always do less than the user does', async () => {
    const home = createHome();
    home.user('{ "privacy": { "redact": false }, "validation": { "run": "always" } }');
    home.project(
      '{ "validation": { "run": "never", "scope": "file" }, "budget": { "contextTokens": 512 }, "privacy": { "redact": true, "exclude": ["x"] }, "completion": { "engine": "off" } }',
    );
    const { settings, problems } = await loadSettings({ folder: home.folder }, home.environment);
    expect(problems).toEqual([]);
    expect(settings).toMatchObject({
      validation: { run: 'never', scope: 'file' },
      budget: { contextTokens: 512 },
      privacy: { redact: true, exclude: ['x'] },
      completion: { engine: 'off' },
    });
  });

  it('is measured against what the client allows as well', async () => {
    const home = createHome();
    home.project('{ "budget": { "contextTokens": 8000 } }');
    const client = { budget: { contextTokens: 16_000 } };
    const { settings } = await loadSettings({ folder: home.folder, client }, home.environment);
    expect(settings.budget.contextTokens).toBe(8000);
  });
});

describe('trust', () => {
  it('covers the folders below, follows links, and can be taken back', async () => {
    const { environment, folder } = createHome();
    const below = join(folder, 'a', 'b');
    const link = join(folder, '..', 'link');
    mkdirSync(below, { recursive: true });
    symlinkSync(folder, link);
    expect(await isTrusted(folder, environment)).toBe(false);
    await trustFolder(link, environment);
    expect(await isTrusted(folder, environment)).toBe(true);
    expect(await isTrusted(below, environment)).toBe(true);
    expect(await isTrusted(join(folder, '..'), environment)).toBe(false);
    await untrustFolder(folder, environment);
    expect(await isTrusted(below, environment)).toBe(false);
  });

  it('of two folders at once loses neither', async () => {
    const { environment, folder } = createHome();
    const names = Array.from({ length: 20 }, (_, index) => join(folder, String(index)));
    for (const name of names) mkdirSync(name);
    await Promise.all(names.map((name) => trustFolder(name, environment)));
    expect(await Promise.all(names.map((name) => isTrusted(name, environment)))).toEqual(
      names.map(() => true),
    );
  });
});

describe('the project of a folder', () => {
  it('is the nearest one upward with a settings file or a repository', () => {
    const { folder, project } = createHome();
    project('{}');
    const deep = join(folder, 'a', 'b');
    mkdirSync(join(deep, '.git'), { recursive: true });
    mkdirSync(join(folder, 'c'));
    expect(findProjectFolder(join(folder, 'c'))).toBe(folder);
    expect(findProjectFolder(deep)).toBe(deep);
  });
});
