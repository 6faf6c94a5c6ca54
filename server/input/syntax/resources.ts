// Where grammars and parsers lie on disk: beside the bundle when built, in the project's own folders when run from source.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Resources {
  /** Holds one folder a language. */
  readonly grammars: string;
  /** The parser itself. */
  readonly parserWasm: string;
  /** The parser of one language. */
  readonly grammarWasm: (id: string, package_: string, file: string) => string;
}

/** Finds them from the place of the running module, which is `dist/` when bundled and `server/input/syntax/` when not. */
export function findResources(here = dirname(fileURLToPath(import.meta.url))): Resources {
  const bundled = join(here, 'web-tree-sitter.wasm');
  if (existsSync(bundled)) {
    const grammars = join(here, 'grammars');
    return {
      grammars,
      parserWasm: bundled,
      grammarWasm: (id, _, file) => join(grammars, id, basename(file)),
    };
  }
  const require = createRequire(join(here, 'resources.ts'));
  return {
    grammars: join(here, '../../../grammars'),
    parserWasm: require.resolve('web-tree-sitter/web-tree-sitter.wasm'),
    grammarWasm: (_, package_, file) => join(dirname(require.resolve(`${package_}/package.json`)), file),
  };
}
