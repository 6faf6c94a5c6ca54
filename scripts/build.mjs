// Bundles the command and its workers into dist/ (or the folder that is named), and puts beside them what they read at run
// time. Nothing is downloaded.
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { tsImport } from 'tsx/esm/api';
import { licencesOf } from './licences.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const dist = resolve(process.argv[2] ?? join(root, 'dist'));
const require = createRequire(import.meta.url);

rmSync(dist, { recursive: true, force: true });
mkdirSync(join(dist, 'grammars'), { recursive: true });

const inGrammars = (name, file) => existsSync(join(root, 'grammars', name, file));
const folders = readdirSync(join(root, 'grammars'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
/** The others hold queries that several languages share. */
const languages = folders.filter((name) => inGrammars(name, 'language.json'));
const workers = readdirSync(join(root, 'server/orchestration')).filter((file) => file.endsWith('-worker.ts'));

const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: [
    { in: 'server/main.ts', out: 'vouch' },
    ...workers.map((file) => ({ in: `server/orchestration/${file}`, out: file.replace('.ts', '') })),
    ...folders
      .filter((name) => inGrammars(name, 'rules.ts'))
      .map((name) => ({ in: `grammars/${name}/rules.ts`, out: `grammars/${name}/rules` })),
  ],
  outdir: dist,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  // jsonc-parser's CommonJS form cannot be bundled.
  mainFields: ['module', 'main'],
  minify: true,
  sourcemap: false,
  metafile: true,
  // Optional: used where the user has installed it.
  external: ['tree-sitter', 'tree-sitter-*', '@tree-sitter-grammars/*'],
  // Dependencies written for CommonJS call `require` for Node's own modules, and ask for their file's name.
  banner: {
    js: "import{createRequire as __cr}from'node:module';import{fileURLToPath as __fp}from'node:url';const require=__cr(import.meta.url),__filename=__fp(import.meta.url);",
  },
  legalComments: 'none',
  logLevel: 'warning',
});
chmodSync(join(dist, 'vouch.js'), 0o755);

const packages = new Set(
  Object.keys(metafile.inputs).flatMap((path) => {
    const match = /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path);
    return match ? [match[1]] : [];
  }),
);

for (const name of folders) {
  cpSync(join(root, 'grammars', name), join(dist, 'grammars', name), {
    recursive: true,
    filter: (path) => !path.endsWith('.ts'),
  });
}
for (const name of languages) {
  const { grammar } = JSON.parse(readFileSync(join(root, 'grammars', name, 'language.json'), 'utf8'));
  const home = dirname(require.resolve(`${grammar.package}/package.json`));
  cpSync(join(home, grammar.wasm), join(dist, 'grammars', name, grammar.wasm.split('/').at(-1)));
  packages.add(grammar.package);
}
cpSync(require.resolve('web-tree-sitter/web-tree-sitter.wasm'), join(dist, 'web-tree-sitter.wasm'));

cpSync(join(root, 'server/cli/demo/sample'), join(dist, 'server/cli/demo/sample'), { recursive: true });
cpSync(join(root, 'docs'), join(dist, 'docs'), { recursive: true });

const { settingsJsonSchema } = await tsImport('./reference.ts', import.meta.url);
writeFileSync(join(dist, 'vouch.schema.json'), `${JSON.stringify(settingsJsonSchema(), null, 2)}\n`);
writeFileSync(join(dist, 'THIRD-PARTY-LICENCES.txt'), licencesOf([...packages].sort(), root));
