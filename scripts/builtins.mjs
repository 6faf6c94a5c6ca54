// Writes grammars/*/builtins.json, the names that are bound without an import in JavaScript and TypeScript: from the
// lists of the `globals` package and the declarations that TypeScript ships. Run it after updating either of them.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import globals from 'globals';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const require = createRequire(import.meta.url);

/** Wide on purpose: which of them a file runs in cannot be told from the file. */
const environments = [
  'builtin', 'browser', 'worker', 'serviceworker', 'sharedWorker', 'audioWorklet', 'node', 'commonjs', 'amd', 'bunBuiltin',
  'denoBuiltin', 'jest', 'mocha', 'jasmine', 'vitest', 'jquery', 'webpack', 'webextensions', 'greasemonkey',
]; // biome-ignore format: a table

/** Properties of `window` that are far more often a forgotten variable than meant. */
const ambiguous = [
  'name',
  'length',
  'status',
  'find',
  'stop',
  'external',
  'closed',
  'scroll',
  'frames',
  'origin',
];

const common = ['await', 'bigint', 'QUnit', 'cy', 'Cypress', 'arguments', 'undefined'];

/** What type packages declare without a module. */
const typeNamespaces = [
  'NodeJS',
  'JSX',
  'React',
  'Express',
  'Mocha',
  'Chai',
  'GeoJSON',
  'Electron',
  'google',
  'BufferEncoding',
  'NodeModule',
  'NodeRequire',
];

const javascript = new Set([...environments.flatMap((name) => Object.keys(globals[name])), ...common]);
const typescript = new Set([...javascript, ...typeNamespaces, ...declaredByTypeScript()]);
for (const name of ambiguous) for (const set of [javascript, typescript]) set.delete(name);

write('javascript', javascript);
write('typescript', typescript);
write('tsx', typescript);

function declaredByTypeScript() {
  const package_ = `@typescript/typescript-${process.platform}-${process.arch}/package.json`;
  const folder = join(
    dirname(createRequire(require.resolve('typescript/package.json')).resolve(package_)),
    'lib',
  );
  return readdirSync(folder)
    .filter((file) => /^lib\.(es|dom|webworker|decorators)/.test(file))
    .flatMap((file) => [
      ...readFileSync(join(folder, file), 'utf8').matchAll(
        /^(?:declare )?(?:abstract )?(?:interface|type|var|let|const|function|class|namespace) ([\w$]+)/gm,
      ),
    ])
    .map(([, name]) => name);
}

function write(language, names) {
  const path = join(root, 'grammars', language, 'builtins.json');
  writeFileSync(path, `${JSON.stringify([...names].sort())}\n`);
}
