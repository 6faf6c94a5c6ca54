// Makes the syntax room: which languages there are, which grammars are loaded, and the parse of a text.
import type { Run } from '../../core/run.ts';
import type { Syntax } from './index.ts';
import { languageFinder, readLanguages } from './languages.ts';
import { maxParsedLength, maxParseMilliseconds, maxTreeDepth } from './limits.ts';
import { loadNativeGrammar } from './native.ts';
import { type OutlineReader, outlineReader } from './outline.ts';
import { outlineQueries, outlineVersion } from './outline-version.ts';
import { type Parsing, parseFile } from './parsed-file.ts';
import { querySource, readQueries } from './queries.ts';
import { findResources, type Resources } from './resources.ts';
import { isLoose } from './shape.ts';
import { loadWasmGrammar } from './wasm.ts';

export interface SyntaxOptions {
  readonly log: Run['log'];
  /** Where grammars and the parser lie; found beside this module when absent. */
  readonly resources?: Resources;
  /** A folder from which the native library is looked for, to be used for each language that it loads. */
  readonly native?: string;
}

/**
 * Reads what languages there are; their grammars are loaded when asked for, one at a time.
 * @throws Error when a `language.json` is wrong.
 */
export async function createSyntax({
  log,
  resources = findResources(),
  native: nativeFolder,
}: SyntaxOptions): Promise<Syntax> {
  const languages = readLanguages(resources.grammars);
  const loaded = new Map<string, Parsing>();
  const loading = new Map<string, Promise<boolean>>();
  const outlines = new Map<string, OutlineReader | undefined>();
  let queue: Promise<unknown> = Promise.resolve();

  const loadNow = async (languageId: string): Promise<boolean> => {
    const language = languages.find(({ id }) => id === languageId);
    if (!language) return false;
    const { package: package_, wasm, native } = language.grammar;
    try {
      const grammar =
        (nativeFolder !== undefined && native !== undefined
          ? await loadNativeGrammar(native, nativeFolder)
          : undefined) ??
        (await loadWasmGrammar(resources.parserWasm, resources.grammarWasm(language.id, package_, wasm)));
      const queries = readQueries(resources.grammars, language.id, grammar);
      loaded.set(languageId, { language, grammar, queries, builtins: new Set(language.builtins) });
      return true;
    } catch (error) {
      log(
        'error',
        `no parser for ${language.name}: ${error instanceof Error ? error.message : String(error)}`,
      );
      return false;
    }
  };

  return {
    languages,
    languageFor: languageFinder(languages),
    load(languageId) {
      let outcome = loading.get(languageId);
      if (!outcome) {
        outcome = queue.then(() => loadNow(languageId));
        queue = outcome;
        loading.set(languageId, outcome);
      }
      return outcome;
    },
    loaded: () => Object.fromEntries([...loaded].map(([id, { grammar }]) => [id, grammar.engine])),
    parse(languageId, text, previous) {
      const parsing = loaded.get(languageId);
      if (!parsing || text.length > maxParsedLength) {
        previous?.file.release();
        return undefined;
      }
      const before = previous?.file.languageId === languageId ? { ...previous, keep: false } : undefined;
      const file = parseFile(parsing, text, before);
      previous?.file.release();
      if (file?.limited && !previous?.file.limited) {
        log(
          'warning',
          `Of a file in ${parsing.language.name} only syntax errors are told: its code nests more than ${maxTreeDepth} levels deep, or its brackets are open at thousands of places.`,
        );
      }
      return file;
    },
    outlineVersion: () => outlineVersion(languages, resources),
    hasOutline: (languageId) =>
      outlineQueries.some((name) => querySource(resources.grammars, languageId, name) !== undefined),
    outline(languageId, text) {
      const parsing = loaded.get(languageId);
      if (!parsing || text.length > maxParsedLength) return undefined;
      if (!outlines.has(languageId)) {
        outlines.set(languageId, outlineReader(parsing.language, parsing.queries, parsing.grammar));
      }
      const read = outlines.get(languageId);
      const tree = read && parsing.grammar.parse(text, undefined, maxParseMilliseconds);
      if (!tree) return undefined;
      try {
        return isLoose(tree.root) ? { symbols: [], imports: [] } : read(tree, text);
      } finally {
        tree.delete();
      }
    },
  };
}
