// Bundles the command and its workers into dist/, and puts the grammars beside them. Nothing is downloaded.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const dist = join(root, 'dist');
const require = createRequire(import.meta.url);

rmSync(dist, { recursive: true, force: true });
mkdirSync(join(dist, 'grammars'), { recursive: true });

const languages = readdirSync(join(root, 'grammars'), { withFileTypes: true }).filter((entry) =>
  entry.isDirectory(),
);
const workers = readdirSync(join(root, 'server/orchestration')).filter((file) => file.endsWith('-worker.ts'));

await build({
  absWorkingDir: root,
  entryPoints: [
    { in: 'server/main.ts', out: 'vouch' },
    ...workers.map((file) => ({ in: `server/orchestration/${file}`, out: file.replace('.ts', '') })),
    ...languages
      .filter(({ name }) => existsSync(join(root, 'grammars', name, 'rules.ts')))
      .map(({ name }) => ({ in: `grammars/${name}/rules.ts`, out: `grammars/${name}/rules` })),
  ].filter(({ in: file }) => existsSync(join(root, file))),
  outdir: dist,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  minify: true,
  sourcemap: false,
  // Optional: used where the user has installed it.
  external: ['tree-sitter', 'tree-sitter-*', '@tree-sitter-grammars/*'],
  // Dependencies written for CommonJS call `require` for Node's own modules.
  banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
  legalComments: 'linked',
  logLevel: 'warning',
});

for (const { name } of languages) {
  const from = join(root, 'grammars', name);
  const to = join(dist, 'grammars', name);
  cpSync(from, to, { recursive: true, filter: (path) => !path.endsWith('.ts') });
  const { grammar } = JSON.parse(readFileSync(join(from, 'language.json'), 'utf8'));
  const package_ = dirname(require.resolve(`${grammar.package}/package.json`));
  cpSync(join(package_, grammar.wasm), join(to, grammar.wasm));
}
cpSync(require.resolve('web-tree-sitter/web-tree-sitter.wasm'), join(dist, 'web-tree-sitter.wasm'));
