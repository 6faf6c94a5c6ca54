// What outlines depend on beside the texts, as one short digest: who keeps outlines must know when they are void.
import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import type { Language } from '../../core/language.ts';
import { maxImportDepth, maxOutlineDepth } from './limits.ts';
import { querySource } from './queries.ts';
import type { Resources } from './resources.ts';

export const outlineQueries = ['symbols', 'imports'] as const;

/** A grammar counts by its size: another version of it has another one, and reading all of them would take too long. */
export function outlineVersion(languages: readonly Language[], resources: Resources): string {
  const digest = createHash('sha1').update(`${maxOutlineDepth} ${maxImportDepth}`);
  for (const { id, comment, grammar } of languages) {
    const wasm = resources.grammarWasm(id, grammar.package, grammar.wasm);
    const size = statSync(wasm, { throwIfNoEntry: false })?.size;
    const sources = outlineQueries.map((name) => querySource(resources.grammars, id, name));
    digest.update(JSON.stringify([id, comment, size, sources]));
  }
  return digest.digest('hex').slice(0, 16);
}
