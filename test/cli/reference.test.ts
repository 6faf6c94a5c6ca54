// The generated reference is the present one, the schema is the schema, and every dependency has its reason.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { referenceFiles, settingsJsonSchema } from '../../scripts/reference.ts';
import { checkPage } from '../../server/core/package-files.ts';
import { checkNames } from '../../server/core/settings.ts';
import { isKnownCheck } from '../../server/input/settings/keys.ts';
import { checks } from '../../server/validation/index.ts';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

describe('the reference', () => {
  it.each([...referenceFiles()])('%s is fresh (npm run docs)', (path, text) => {
    expect(read(path)).toBe(text);
  });

  it('has a page for every check, and every check has a public name', () => {
    for (const { name } of checks) {
      expect(isKnownCheck(name), name).toBe(true);
      expect(readFileSync(new URL(checkPage(name)!), 'utf8')).toContain(`# ${name}`);
    }
    expect(checkPage('no/such-check')).toBeUndefined();
  });

  it('says what each setting does', () => {
    const silent = (schema: ReturnType<typeof settingsJsonSchema>, path: string): string[] =>
      Object.entries(schema.properties ?? {}).flatMap(([key, inner]) => [
        ...(inner.description === undefined && inner.properties === undefined ? [`${path}${key}`] : []),
        ...(key === 'checks' ? [] : silent(inner, `${path}${key}.`)),
      ]);
    expect(silent(settingsJsonSchema(), '')).toEqual([]);
  });

  it('completes the names of checks in an editor', () => {
    const schema = settingsJsonSchema().properties!.validation!.properties!.checks!;
    expect(Object.keys(schema.properties!)).toEqual(checkNames.filter((name) => !name.endsWith('*')));
  });
});

describe('dependencies', () => {
  it('each has its reason in docs/dependencies.md, and is pinned', () => {
    const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<
      string,
      Record<string, string>
    >;
    const all = { ...dependencies, ...devDependencies };
    const [packages] = read('docs/dependencies.md').split('\n## Data\n');
    const told = [...packages!.matchAll(/^\| `([^`]+)` \|/gm)].map(([, name]) => name!);
    expect(told.sort()).toEqual(Object.keys(all).sort());
    for (const [name, version] of Object.entries(all))
      expect(version, name).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
  });
});
