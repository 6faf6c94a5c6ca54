// Packages of the npm registry: manifests, node_modules, the runtime's own modules, and names that only look like packages.
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { declared, project } from './kit.ts';

const manifest = (more: object): string => `${JSON.stringify({ name: 'app', ...more }, null, 2)}\n`;

describe('what a project declares', () => {
  test('in every list of the nearest manifest and of those above it', async () => {
    const { of } = await project({
      'package.json': manifest({ workspaces: ['packages/*'], devDependencies: { vitest: '^4.0.0' } }),
      'packages/a/package.json': manifest({
        peerDependencies: { react: '*' },
        dependencies: { 'lodash-es': '4' },
      }),
      'packages/a/src/a.ts': '',
    });
    for (const module of ['vitest/config', 'react', 'react/jsx-runtime', 'lodash-es/debounce']) {
      expect(of('packages/a/src/a.ts', module).kind).toBe('declared');
    }
    expect(of('packages/a/src/a.ts', 'chalk')).toEqual({ kind: 'known', name: 'chalk' });
  });

  test('types alone declare the module that they are of', async () => {
    const { of } = await project({
      'package.json': manifest({ devDependencies: { '@types/estree': '1', '@types/babel__core': '7' } }),
      'a.ts': '',
    });
    expect(of('a.ts', 'estree').kind).toBe('declared');
    expect(of('a.ts', '@babel/core').kind).toBe('declared');
  });

  test('a manifest with syntax errors says nothing', async () => {
    const {
      of,
      project: made,
      folder,
    } = await project({ 'package.json': '{ "dependencies": { ', 'a.ts': '' });
    expect(of('a.ts', 'zz-no-such-package-at-all').kind).toBe('unknown');
    expect(made.manifestOf(join(folder, 'a.ts'), 'typescript')).toBeUndefined();
  });
});

describe('what is there without a declaration', () => {
  test("the runtime's own modules", async () => {
    const { of } = await project({ 'a.js': '' });
    for (const module of ['fs', 'fs/promises', 'node:test', 'node:sqlite', 'path']) {
      expect(of('a.js', module)).toEqual({ kind: 'standard' });
    }
    expect(of('a.js', 'virtual:pages').kind).toBe('unknown');
  });

  test('what is installed, up to the root of the disk', async () => {
    const { of, folder } = await project({
      'node_modules/acme-kit/package.json': '{"name": "acme-kit", "version": "2.1.0"}',
      'packages/a/a.ts': '',
    });
    expect(of('packages/a/a.ts', 'acme-kit/parts')).toEqual({
      kind: 'installed',
      name: 'acme-kit',
      version: '2.1.0',
      path: join(folder, 'node_modules/acme-kit'),
    });
  });

  test('a path that an installed package does not offer is missing', async () => {
    const { project: made, folder } = await project({
      'node_modules/acme/package.json': '{"exports": {".": "./index.js", "./parts/*": "./lib/*.js"}}',
      'node_modules/plain/package.json': '{"main": "index.js"}',
      'node_modules/plain/helper.js': '',
      'a.ts': '',
    });
    const of = (module: string) => made.resolve(join(folder, 'a.ts'), 'typescript', module);
    expect(of('acme').kind).toBe('external');
    expect(of('acme/parts/one').kind).toBe('external');
    expect(of('acme/other').kind).toBe('missing');
    expect(of('plain/helper').kind).toBe('external');
    expect(of('plain/helpr')).toEqual({ kind: 'missing', nearest: ['plain/helper'] });
  });
});

describe('names that are no packages', () => {
  const cases: Record<string, Record<string, string>> = {
    "a bundler's alias": {
      'vite.config.ts': "export default { resolve: { alias: { 'zz-app': './src' } } };\n",
    },
    "a compiler's path": { 'tsconfig.json': '{"compilerOptions": {"paths": {"zz-app/*": ["./gone/*"]}}}' },
    'an ambient declaration': { 'types.d.ts': 'declare module "zz-app" { export const x: number; }\n' },
    'an import map': { 'deno.json': '{"imports": {"zz-app": "jsr:@zz/app"}}' },
    'a folder that a resolver may look in': { 'src/zz-app/index.js': '' },
    'what the compiler leaves out': { 'tsconfig.json': '{"exclude": ["cases"]}' },
  };
  for (const [title, files] of Object.entries(cases)) {
    test(title, async () => {
      const { of } = await project({ ...files, 'package.json': manifest({}), 'cases/a.ts': '' });
      expect(of('cases/a.ts', 'zz-app')).not.toMatchObject({ kind: 'absent' });
    });
  }
});

test('what nobody has is absent, with the packages that were meant', async () => {
  const { of } = await project({ 'package.json': manifest({}), 'a.ts': '' });
  expect(of('a.ts', 'typescirpt')).toHaveProperty('nearest', expect.arrayContaining(['typescript']));
  expect(of('a.ts', '@zz-nobody/nothing/at-all')).toMatchObject({
    kind: 'absent',
    name: '@zz-nobody/nothing',
  });
});

describe('the declaration file of an installed module', () => {
  const cases: Record<string, [files: Record<string, string>, module: string, file: string]> = {
    'by its types': [
      { 'acme/package.json': '{"types": "./d.d.ts"}', 'acme/d.d.ts': '' },
      'acme',
      'acme/d.d.ts',
    ],
    'by the conditions of its exports': [
      {
        'acme/package.json':
          '{"exports": {"./x": {"import": {"default": "./x.mjs", "types": "./t/x.d.mts"}}}}',
        'acme/x.mjs': '',
        'acme/t/x.d.mts': '',
      },
      'acme/x',
      'acme/t/x.d.mts',
    ],
    'beside its source': [
      { 'acme/package.json': '{"main": "lib/a.js"}', 'acme/lib/a.js': '', 'acme/lib/a.d.ts': '' },
      'acme',
      'acme/lib/a.d.ts',
    ],
    'in a package of types': [
      {
        'acme/package.json': '{}',
        'acme/index.js': '',
        '@types/acme/package.json': '{"types": "index.d.ts"}',
        '@types/acme/index.d.ts': '',
      },
      'acme',
      '@types/acme/index.d.ts',
    ],
    'its source where it has no types': [
      { 'acme/package.json': '{}', 'acme/index.js': '' },
      'acme',
      'acme/index.js',
    ],
  };
  for (const [title, [files, module, file]] of Object.entries(cases)) {
    test(title, async () => {
      const modules = Object.fromEntries(
        Object.entries(files).map(([path, text]) => [`node_modules/${path}`, text]),
      );
      const { project: made, folder } = await project({ ...modules, 'a.ts': '' });
      expect(made.entryOf(join(folder, 'a.ts'), 'typescript', module)?.file).toBe(
        join(folder, 'node_modules', file),
      );
    });
  }
});

test('a package is declared in the order and with the indentation of the file', async () => {
  const made = await project({
    'package.json':
      '{\n    "name": "app",\n    "dependencies": {\n        "a": "1",\n        "z": "2"\n    }\n}\n',
    'a.ts': '',
  });
  expect(declared(made, 'a.ts', 'chalk', '5.3.0')).toBe(
    '{\n    "name": "app",\n    "dependencies": {\n        "a": "1",\n        "chalk": "^5.3.0",\n        "z": "2"\n    }\n}\n',
  );
});
