// The engine that is always there: web-tree-sitter with the grammars' WebAssembly files.
import { readFile } from 'node:fs/promises';
import { setFlagsFromString } from 'node:v8';
import { Edit, Language, type Node, Parser, Query, type Tree } from 'web-tree-sitter';
import type { Grammar, SyntaxTree } from './engine.ts';
import { topLevelVisitor } from './top-level.ts';

let ready: Promise<void> | undefined;

/**
 * Starts the parser, once a thread. V8 is told to leave the grammars, which are compiled after the parser, at its baseline
 * compiler: while it optimises one it lets nobody load the next, which stops the thread for seconds. The parser itself,
 * compiled before, is small, and its parses and queries take a third less time once V8 has optimised what is run often.
 * @param parserWasm path of `web-tree-sitter.wasm`.
 */
function startParser(parserWasm: string): Promise<void> {
  ready ??= (async () => {
    await Parser.init({ wasmBinary: await readFile(parserWasm) });
    setFlagsFromString('--liftoff-only');
  })();
  return ready;
}

/**
 * Loads one grammar.
 * @throws Error when a file is missing, or was made for another version of tree-sitter.
 */
export async function loadWasmGrammar(parserWasm: string, grammarWasm: string): Promise<Grammar> {
  await startParser(parserWasm);
  const language = await Language.load(await readFile(grammarWasm));
  const parser = new Parser();
  parser.setLanguage(language);
  const trees = new WeakMap<SyntaxTree, Tree>();

  const wrap = (tree: Tree): SyntaxTree => {
    const root = tree.rootNode;
    const wrapped: SyntaxTree = {
      root,
      visitTopLevel: topLevelVisitor(root),
      edit: (edit) => tree.edit(new Edit(edit)),
      changedRanges: (next) => tree.getChangedRanges(trees.get(next)!),
      copy: () => wrap(tree.copy()),
      delete: () => tree.delete(),
    };
    trees.set(wrapped, tree);
    return wrapped;
  };

  return {
    engine: 'wasm',
    parse(text, previous, milliseconds) {
      const deadline = performance.now() + milliseconds;
      const tree = parser.parse(text, previous && trees.get(previous)!, {
        progressCallback: () => performance.now() > deadline,
      });
      // A parse that was stopped would go on with the next text otherwise.
      if (!tree) parser.reset();
      return tree ? wrap(tree) : undefined;
    },
    query(source) {
      const query = new Query(language, source);
      return {
        source,
        matches: (tree, start, end, depth) =>
          query
            // All indices of this library are code units but for these two, which are bytes of UTF-16.
            .matches(tree.root as Node, {
              startIndex: start * 2,
              endIndex: end * 2,
              ...(depth !== undefined && { maxStartDepth: depth }),
            })
            .map(({ patternIndex, captures, setProperties }) => ({
              pattern: patternIndex,
              captures,
              properties: setProperties,
            })),
      };
    },
  };
}
