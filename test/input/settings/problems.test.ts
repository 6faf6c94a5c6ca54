// What is said of settings that are wrong: what, where, and what would be right. What is right stays in force.
import { mkdirSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultSettings, settingsSchema } from '../../../server/core/settings.ts';
import { describeProblem, loadSettings } from '../../../server/input/settings/index.ts';
import { readClientSettings, readSettingsText } from '../../../server/input/settings/read.ts';
import { createHome } from './home.ts';

const said = (text: string): string[] =>
  readSettingsText({ kind: 'user', path: 'config.json' }, text).problems.map(describeProblem);

describe('an unknown setting', () => {
  it.each([
    [
      '{\n  "validation": { "scop": "file" }\n}',
      'config.json:2: validation.scop: unknown; did you mean validation.scope?',
    ],
    ['{ "model": {} }', 'config.json:1: model: unknown; did you mean models?'],
    ['{ "contextTokens": 9 }', 'config.json:1: contextTokens: unknown; did you mean budget.contextTokens?'],
    [
      '{ "models": { "codr": { "baseURL": "http://h/v1" } } }',
      'config.json:1: models.codr: unknown; did you mean models.coder?',
    ],
    [
      '{ "models": { "default": { "baseURL": "http://h/v1",\n "apiKey": "k" } } }',
      'config.json:2: models.default.apiKey: unknown; did you mean models.default.apiKeyEnv?',
    ],
    [
      '{ "validation": { "checks": { "names/unresolvd": "off" } } }',
      'config.json:1: validation.checks.names/unresolvd: unknown; did you mean validation.checks.names/unresolved?',
    ],
    [
      '{ "zzzzzz": 1 }',
      'config.json:1: zzzzzz: unknown; known here: models, completion, validation, budget, index, privacy',
    ],
  ])('%s', (text, problem) => {
    expect(said(text)).toEqual([problem]);
  });

  it.each(['security/cwe-79', 'types/pyright', 'names/*', 'names/unresolved'])('%s is a check', (name) => {
    expect(said(JSON.stringify({ validation: { checks: { [name]: 'off' } } }))).toEqual([]);
  });
});

describe('a wrong value', () => {
  it.each([
    ['{ "validation": { "run": 3 } }', 'validation.run: must be "never", "ask" or "always", not 3'],
    ['{ "budget": { "repairs": "two" } }', 'budget.repairs: must be a number, not "two"'],
    ['{ "budget": { "repairs": 1.5 } }', 'budget.repairs: must be a whole number, not 1.5'],
    ['{ "budget": { "samples": 0 } }', 'budget.samples: must be at least 1, not 0'],
    [
      '{ "index": { "url": "postgres://vouch:secret@db/code" } }',
      'index.url: must be a URL that begins with postgres:// and holds no password',
    ],
    ['{ "privacy": { "redact": "no" } }', 'privacy.redact: must be true or false, not "no"'],
    ['{ "privacy": { "exclude": "a" } }', 'privacy.exclude: must be a list, not "a"'],
    [
      '{ "models": { "default": { "model": "m" } } }',
      'models.default.baseURL: is missing; it must be a string',
    ],
    [
      '{ "models": { "default": { "baseURL": "localhost:11434" } } }',
      'models.default.baseURL: must be a URL that begins with http:// or https://',
    ],
  ])('%s', (text, problem) => {
    expect(said(text)).toEqual([`config.json:1: ${problem}`]);
  });

  it('never repeats a key that was put where its variable is asked for', () => {
    const problems = said(
      '{ "models": { "default": { "baseURL": "http://h/v1", "apiKeyEnv": "sk-secret" } } }',
    );
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain('must be the name of an environment variable');
    expect(problems.join()).not.toContain('sk-secret');
  });
});

describe('a broken file', () => {
  it('is told with its line, and what can be read of it is in force', async () => {
    const home = createHome();
    home.user('{\n  "budget": { "repairs": 1 }\n  "privacy": { "exclude": ["a"] }\n}');
    const { settings, problems } = await loadSettings({}, home.environment);
    expect(problems.map(describeProblem)).toEqual([
      `${home.userFile}:3: not valid JSON here: comma expected`,
    ]);
    expect(settings.budget.repairs).toBe(1);
    expect(settings.privacy.exclude).toEqual(['a']);
  });

  it('may have comments, trailing commas, a byte order mark and a schema, and may be empty', () => {
    expect(said('\uFEFF{ // yes\n "$schema": "x", "budget": { "repairs": 1, }, }')).toEqual([]);
    expect(said('')).toEqual([]);
  });

  it.each(['[]', '3', '"models"'])('%s is told to be no object', (text) => {
    expect(said(text)).toEqual(['config.json:1: must be an object: { … }']);
  });

  it('that is a folder is told to be unreadable', async () => {
    const home = createHome();
    mkdirSync(home.userFile, { recursive: true });
    writeFileSync(home.projectFile, '{ "budget": { "repairs": 0 } }');
    const { settings, problems } = await loadSettings({ folder: home.folder }, home.environment);
    expect(problems.map(({ kind }) => kind)).toEqual(['unreadable']);
    expect(settings.budget.repairs).toBe(0);
  });
});

describe('good keys', () => {
  it('stay in force beside every kind of bad one', () => {
    const { layer } = readSettingsText(
      { kind: 'user', path: 'config.json' },
      `{ "validation": { "scop": 1, "scope": "file", "checks": { "syntax/error": "bad", "names/unresolved": "off" } },
         "models": { "coder": {}, "default": { "baseURL": "http://h/v1", "apiKey": "x" } },
         "privacy": { "exclude": ["a", 1, "b"] } }`,
    );
    expect(layer.value).toEqual({
      validation: { scope: 'file', checks: { 'names/unresolved': 'off' } },
      models: { default: { baseURL: 'http://h/v1' } },
      privacy: { exclude: ['a', 'b'] },
    });
  });

  it('whatever a client sends, settings come of it that the schema allows', () => {
    fc.assert(
      fc.property(fc.anything(), (sent) => {
        const { layer } = readClientSettings(sent);
        expect(settingsSchema.safeParse(layer.value).success).toBe(true);
      }),
    );
  });

  it('whatever a file holds, settings come of it that the schema allows', () => {
    const keys = fc.constantFrom(
      'models',
      'default',
      'validation',
      'checks',
      'scope',
      'exclude',
      'privacy',
      '__proto__',
    );
    const value = fc.letrec((tie) => ({
      node: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom<unknown>('file', 'off', 1, true, null, 'http://h/v1'),
        fc.array(tie('node'), { maxLength: 3 }),
        fc.dictionary(keys, tie('node'), { maxKeys: 4 }),
      ),
    })).node;
    fc.assert(
      fc.property(value, fc.nat(), (made, cut) => {
        const text = JSON.stringify(made);
        for (const part of [text, text.slice(0, cut % (text.length + 1))]) {
          const { layer } = readSettingsText({ kind: 'project', path: 'p' }, part);
          expect(settingsSchema.safeParse(layer.value).success).toBe(true);
        }
      }),
    );
  });
});

describe('a client', () => {
  it.each([
    ['nothing', undefined],
    ['null', null],
    ['an empty list, as Lua has empty objects', []],
    ['nulls inside', { models: null, validation: { checks: [] } }],
    ['the section around it', { vouch: {} }],
  ])('that sends %s is understood', async (_, client) => {
    const home = createHome();
    const { settings, problems } = await loadSettings({ client }, home.environment);
    expect(problems).toEqual([]);
    expect(settings).toEqual(defaultSettings);
  });

  it('that sends something else is told', () => {
    expect(readClientSettings('fast').problems.map(describeProblem)).toEqual([
      'the editor\'s settings: the section "vouch" must be an object',
    ]);
  });
});
