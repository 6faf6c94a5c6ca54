// Writes the generated part of docs/ and README.md: `npm run docs`.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { referenceFiles } from './reference.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const files = referenceFiles();
// Pages of checks that are gone must go too.
rmSync(join(root, 'docs/checks'), { recursive: true, force: true });
for (const [path, text] of files) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}
