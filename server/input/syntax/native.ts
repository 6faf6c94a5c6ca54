// The engine that a user may install beside vouch: tree-sitter compiled for the machine. Found by name at run time, since
// vouch neither depends on it nor asks for a compiler.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ChangedRange, Grammar, SyntaxNode, SyntaxTree, TreeEdit } from './engine.ts';
import { topLevelVisitor } from './top-level.ts';

/** A piece of text handed to the parser at once, in code units; its buffer holds four times as much. */
const pieceLength = 8_192;

interface NativeNode extends SyntaxNode {
  readonly children: readonly NativeNode[];
  readonly nextSibling: NativeNode | null;
  firstChildForIndex(index: number): NativeNode | null;
}

interface NativeTree {
  readonly rootNode: NativeNode;
  edit(edit: TreeEdit): void;
  getChangedRanges(other: NativeTree): readonly ChangedRange[];
}

interface NativeQuery {
  matches(
    node: NativeNode,
    options: { startIndex: number; endIndex: number; maxStartDepth?: number },
  ): readonly {
    readonly pattern: number;
    readonly captures: readonly { readonly name: string; readonly node: NativeNode }[];
    readonly setProperties?: Readonly<Record<string, string | null>>;
  }[];
}

interface NativeParser {
  setLanguage(language: object): void;
  reset(): void;
  parse(
    read: (index: number) => string,
    previous: NativeTree | undefined,
    options: { progressCallback: () => boolean },
  ): NativeTree | null;
}

interface NativeLibrary {
  new (): NativeParser;
  readonly Query: new (language: object, source: string) => NativeQuery;
}

/**
 * Loads one grammar.
 * @param grammar `language.json`'s `grammar.native`: a module, or `module#name` for one of several in it.
 * @param folder the folder that the library is looked for from.
 * @returns `undefined` where the library or the grammar is not installed or does not load, which is no error.
 */
export async function loadNativeGrammar(grammar: string, folder: string): Promise<Grammar | undefined> {
  const [module, name] = grammar.split('#') as [string, string | undefined];
  const library = (await importFrom(folder, 'tree-sitter')) as NativeLibrary | undefined;
  const exported = library && ((await importFrom(folder, module)) as Record<string, object> | undefined);
  const language = name === undefined ? exported : exported?.[name];
  if (!library || !language) return undefined;
  const parser = new library();
  try {
    parser.setLanguage(language);
  } catch {
    return undefined; // Made for another version of the library: as good as not installed.
  }
  return nativeGrammar(library, parser, language);
}

async function importFrom(folder: string, module: string): Promise<unknown> {
  try {
    const path = createRequire(join(folder, 'vouch.js')).resolve(module);
    return ((await import(pathToFileURL(path).href)) as { default: unknown }).default;
  } catch {
    return undefined; // Not installed, or not for this machine: the engine that is always there takes over.
  }
}

function nativeGrammar(library: NativeLibrary, parser: NativeParser, language: object): Grammar {
  const trees = new WeakMap<SyntaxTree, NativeTree>();

  const wrap = (tree: NativeTree): SyntaxTree => {
    const wrapped: SyntaxTree = {
      root: tree.rootNode,
      visitTopLevel: topLevelVisitor(tree.rootNode),
      edit: (edit) => tree.edit(edit),
      changedRanges: (next) => tree.getChangedRanges(trees.get(next)!),
      // Its memory is the garbage collector's, as is that of all its nodes.
      delete: () => trees.delete(wrapped),
    };
    trees.set(wrapped, tree);
    return wrapped;
  };

  return {
    engine: 'native',
    parse(text, previous, milliseconds) {
      const deadline = performance.now() + milliseconds;
      const tree = parser.parse(
        (index) => text.slice(index, index + pieceLength),
        previous && trees.get(previous),
        { progressCallback: () => performance.now() > deadline },
      );
      if (!tree) parser.reset();
      return tree ? wrap(tree) : undefined;
    },
    query(source) {
      const query = new library.Query(language, source);
      return {
        source,
        matches: (tree, start, end, depth) =>
          query
            // Of this library's indices only this one counts bytes of UTF-16 instead of code units.
            .matches(tree.root as NativeNode, {
              startIndex: start * 2,
              endIndex: end,
              ...(depth !== undefined && { maxStartDepth: depth }),
            })
            .map(({ pattern, captures, setProperties }) => ({
              pattern,
              captures,
              properties: setProperties,
            })),
      };
    },
  };
}
