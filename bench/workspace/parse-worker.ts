// Parses files and does nothing else: what an index is compared with. Started by bench/index.ts in as many threads as there
// are cores, with the parser that the built server has.
import { readFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { readLanguages } from '../../server/input/syntax/languages.ts';
import { findResources } from '../../server/input/syntax/resources.ts';
import { loadWasmGrammar } from '../../server/input/syntax/wasm.ts';

const { dist, files } = workerData as {
  dist: string;
  files: readonly { path: string; languageId: string }[];
};
// As the index's threads do, so that both wait alike for what else runs.
if (process.platform === 'linux') setPriority(10);
const resources = findResources(dist);
const languages = readLanguages(resources.grammars);
const grammars = new Map<string, Awaited<ReturnType<typeof loadWasmGrammar>>>();
for (const { path, languageId } of files) {
  let grammar = grammars.get(languageId);
  if (!grammar) {
    const { id, grammar: where } = languages.find((one) => one.id === languageId)!;
    grammar = await loadWasmGrammar(
      resources.parserWasm,
      resources.grammarWasm(id, where.package, where.wasm),
    );
    grammars.set(languageId, grammar);
  }
  grammar.parse(readFileSync(path, 'utf8'), undefined, 5_000)?.delete();
}
parentPort!.postMessage('done');
