// The rules of server/ARCHITECTURE.md, held by reading what the files import and say.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

function filesBelow(folder: string, wanted: (path: string) => boolean): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => wanted(path) && statSync(path).isFile());
}

const slashed = (path: string): string => relative(root, path).split(sep).join('/');

/** The demo's sample project is input, not a part of the house. */
const isSample = (path: string): boolean => slashed(path).startsWith('server/cli/demo/sample/');

interface Source {
  /** From the project's root, with forward slashes. */
  readonly path: string;
  readonly text: string;
  /** Relative ones as paths from the root; packages as they are written. */
  readonly imports: readonly string[];
}

/** Imports start a line, as the formatter has them; dynamic ones may stand anywhere. */
const importPattern =
  /^(?:import|export)\b[^;'"]*?\bfrom\s+['"]([^'"]+)['"]|^import\s+['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]|\bimport\(['"]([^'"]+)['"]\)\./gm;

function readSource(path: string): Source {
  const text = readFileSync(path, 'utf8');
  const imports = [...text.matchAll(importPattern)].map((match) => {
    const specifier = match.slice(1).find((group) => group !== undefined)!;
    return specifier.startsWith('.') ? slashed(resolve(dirname(path), specifier)) : specifier;
  });
  return { path: slashed(path), text, imports };
}

const sources = filesBelow(join(root, 'server'), (path) => path.endsWith('.ts') && !isSample(path)).map(
  readSource,
);

/** What each room may import of ours, as the beginning of a path. The first row that fits a file counts. */
const rooms: readonly { room: string; may: readonly string[] }[] = [
  { room: 'server/core/', may: ['server/core/'] },
  { room: 'server/input/', may: ['server/core/', 'server/input/'] },
  { room: 'server/development/', may: ['server/core/', 'server/development/'] },
  { room: 'server/validation/', may: ['server/core/', 'server/validation/'] },
  {
    room: 'server/orchestration/',
    may: [
      'server/core/',
      'server/input/',
      'server/development/',
      'server/validation/',
      'server/orchestration/',
    ],
  },
  { room: 'server/lsp/', may: ['server/core/', 'server/orchestration/workbench.ts', 'server/lsp/'] },
  {
    room: 'server/cli/',
    may: [
      'server/core/',
      'server/input/settings/',
      'server/orchestration/workbench.ts',
      'server/cli/',
      'package.json',
    ],
  },
  // Nothing else lies directly in server/: it is where the doors are given what they open.
  { room: 'server/', may: ['server/', 'package.json'] },
];

/** Packages that one place alone may know. */
const owned: readonly { packages: RegExp; owner: RegExp }[] = [
  { packages: /^openai($|\/)/, owner: /^server\/development\/models\// },
  {
    packages: /^(web-tree-sitter|tree-sitter|@tree-sitter-grammars)($|[-/])/,
    owner: /^server\/input\/syntax\//,
  },
  { packages: /^vscode-languageserver(-protocol|-types)?($|\/)/, owner: /^server\/lsp\// },
];

describe('the import rules', () => {
  it('reads the imports of every kind of statement', () => {
    const text = [
      "import { a } from './a.ts';",
      "import type { B } from './b.ts';",
      'import {\n  c,\n  d,\n} from "./c.ts";',
      "export * from './e.ts';",
      "import './f.ts';",
      "const g = await import('./g.ts');",
    ].join('\n');
    const found = [...text.matchAll(importPattern)].map((match) => match.slice(1).find(Boolean));
    expect(found).toEqual(['./a.ts', './b.ts', './c.ts', './e.ts', './f.ts', './g.ts']);
  });

  it('core ← input, development, validation ← orchestration ← lsp, cli', () => {
    const broken = sources.flatMap(({ path, imports }) => {
      const { may } = rooms.find(({ room }) => path.startsWith(room))!;
      return imports
        .filter((target) => target.startsWith('server/') || target === 'package.json')
        .filter((target) => !may.some((prefix) => target.startsWith(prefix)))
        .map((target) => `${path} imports ${target}`);
    });
    expect(broken).toEqual([]);
  });

  it('server never reaches into tests, benchmarks, scripts or editors', () => {
    const outside = sources.flatMap(({ path, imports }) =>
      imports
        .filter((target) => /^(test|bench|scripts|editors|grammars)\//.test(target))
        .map((target) => `${path} imports ${target}`),
    );
    expect(outside).toEqual([]);
  });

  it('openai, tree-sitter and vscode-languageserver have one importer each', () => {
    const strangers = sources.flatMap(({ path, imports }) =>
      imports
        .filter((target) => owned.some(({ packages, owner }) => packages.test(target) && !owner.test(path)))
        .map((target) => `${path} imports ${target}`),
    );
    expect(strangers).toEqual([]);
  });

  it('zod is imported as zod/mini, since the whole of it doubles the time to start', () => {
    expect(sources.filter(({ imports }) => imports.includes('zod')).map(({ path }) => path)).toEqual([]);
  });

  it('every package that is imported is a direct dependency', () => {
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<
      'dependencies' | 'devDependencies',
      Record<string, string>
    >;
    // The bundle carries them, so that either list will do.
    const direct = { ...manifest.dependencies, ...manifest.devDependencies };
    const optional = /^(tree-sitter|@tree-sitter-grammars\/)/;
    const missing = sources.flatMap(({ path, imports }) =>
      imports
        .filter(
          (target) => !/^(server|grammars)\/|^node:|^package\.json$/.test(target) && !optional.test(target),
        )
        .map((target) => /^(@[^/]+\/)?[^/]+/.exec(target)![0])
        .filter((name) => !(name in direct) && !(`@types/${name}` in direct))
        .map((name) => `${path} imports ${name}`),
    );
    expect(missing).toEqual([]);
  });
});

describe('languages', () => {
  interface LanguageFile {
    readonly name: string;
    readonly aliases?: readonly string[];
    readonly extensions?: readonly string[];
  }
  const languages = filesBelow(join(root, 'grammars'), (path) => path.endsWith(`${sep}language.json`)).map(
    (path) => ({
      id: basename(dirname(path)),
      ...(JSON.parse(readFileSync(path, 'utf8')) as LanguageFile),
    }),
  );
  /** Words that mean something else here: vouch's own files and formats, and what a web server answers. */
  const ownWords = new Set(['json', 'jsonc', '.json', '.ts', '.js', '.mjs', 'html']);
  /** Tables whose texts speak of languages: names of models, and weaknesses, each shown at work in one. */
  const tables = new Set([
    'server/development/models/fim-templates.ts',
    'server/validation/security/weaknesses.ts',
  ]);

  /** Without comments: a comment may give an example from a language. Strings stay, as code is where they act. */
  const withoutComments = (text: string): string =>
    text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[\s;{}(,])\/\/.*$/gm, '$1');

  it('is a folder of grammars/ each', () => {
    expect(languages.length).toBeGreaterThan(0);
  });

  it('none is named in server/', () => {
    const quoted = new Set(
      languages
        .flatMap(({ id, name, aliases, extensions }) => [
          id,
          name,
          name.toLowerCase(),
          ...(aliases ?? []),
          ...(extensions ?? []),
        ])
        .filter((word) => !ownWords.has(word) && word.length > 1),
    );
    // Short names are words of English too ("go"); they give themselves away only as a literal of their own.
    const long = [...quoted].filter((word) => /^[a-z]{5,}$/i.test(word));
    const anywhere = long.length > 0 ? new RegExp(`\\b(${long.join('|')})\\b`, 'i') : /$^/;
    const judged = sources.filter(({ path }) => !tables.has(path));
    const named = judged.flatMap(({ path, text }) =>
      withoutComments(text)
        .split('\n')
        // A package that reads a format may have its name.
        .filter((line) => !/^import .* from '[^./]/.test(line))
        // A check's page shows it at work in some language.
        .filter((line) => !(path.startsWith('server/validation/checks/') && line.includes('languageId: ')))
        .filter(
          (line) =>
            anywhere.test(line) ||
            [...line.matchAll(/(['"`])([^'"`]*)\1/g)].some(([, , word]) => quoted.has(word!)),
        )
        .map((line) => `${path}: ${line.trim()}`),
    );
    expect(named).toEqual([]);
  });
});

describe('files', () => {
  /** One idea a file: 250 lines is the aim, this is where the test says no. */
  const maximumLines = 300;

  const all = [
    ...sources,
    ...filesBelow(
      join(root, 'test'),
      (path) => path.endsWith('.ts') && !slashed(path).includes('/fixtures/'),
    ).map(readSource),
    ...filesBelow(join(root, 'scripts'), (path) => /\.(ts|mjs)$/.test(path)).map(readSource),
  ];

  it('begin with a sentence that says what belongs there', () => {
    const silent = all.filter(({ text }) => {
      const first = text.replace(/^#!.*\n/, '').split('\n', 1)[0]!;
      return !/^\/\/ \S.{15,}/.test(first) || /^\/\/ (biome|@ts|eslint)/.test(first);
    });
    expect(silent.map(({ path }) => path)).toEqual([]);
  });

  it(`have at most ${maximumLines} lines`, () => {
    const long = sources
      .map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
      .filter(({ lines }) => lines > maximumLines);
    expect(long).toEqual([]);
  });
});
