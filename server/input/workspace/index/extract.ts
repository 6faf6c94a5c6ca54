// A file's text and outline → what the index keeps of it.
import { createHash } from 'node:crypto';
import type { SymbolKind } from '../../../core/facts.ts';
import type { Language } from '../../../core/language.ts';
import type { Outline, OutlineSymbol } from '../../syntax/index.ts';
import { maxCallsPerFile, maxDocLength, maxSymbolsPerFile, maxWordsPerSymbol } from '../limits.ts';
import { isTestPath } from '../test-path.ts';
import { beginning, maskSignature, maskTokens } from './mask.ts';
import type { FileRecord, FileRequest, SymbolRecord } from './record.ts';
import { type Scan, scan } from './scan.ts';
import { createWordHashes, hashOf } from './words.ts';

/** Declarations whose text is compared with others. */
const comparable = new Set<SymbolKind>([
  'function', 'method', 'constructor', 'class', 'interface', 'enum', 'type', 'module',
]); // biome-ignore format: a table

const testModule = /^tests?$/;

export const contentHash = (text: string): string =>
  createHash('sha1').update(text).digest('hex').slice(0, 16);

const wordHashes = createWordHashes();
const nameHashes = new Map<string, number>();

/** @param ambient what the rules of the language's modules say of the text. */
export function extract(
  request: FileRequest,
  language: Language,
  text: string,
  outline: Outline,
  ambient: readonly string[],
): FileRecord {
  const inTests = isTestPath(request.path);
  const scanned = scan(text, language.comment, inTests);
  const symbols = symbolsOf(text, outline.symbols, scanned, inTests);
  addWords(symbols, scanned);
  const declared = new Set(outline.symbols.map(({ nameSpan }) => nameSpan.start));
  const calls: { name: string; start: number }[] = [];
  for (const place of scanned.called) {
    const start = scanned.starts[place]!;
    if (calls.length >= maxCallsPerFile) break;
    if (!declared.has(start)) calls.push({ name: scanned.names[scanned.ids[place]!]!, start });
  }
  return {
    ...request,
    hash: contentHash(text),
    symbols,
    imports: outline.imports.map((one) => ({
      module: one.module,
      names: one.names.map(({ name }) => name),
    })),
    calls,
    ambient,
  };
}

interface Draft extends Omit<SymbolRecord, 'words'> {
  readonly words: Set<number>;
}

/** Declarations, and the blocks of test runners, which stand for the functions that other runners have. */
function symbolsOf(
  text: string,
  outline: readonly OutlineSymbol[],
  { blocks }: Scan,
  inTests: boolean,
): Draft[] {
  const all: (Omit<Draft, 'container' | 'test' | 'words'> & { readonly block: boolean })[] = outline
    .slice(0, maxSymbolsPerFile)
    .map(({ name, kind, span, signature, doc }) => ({
      name,
      kind,
      start: span.start,
      end: span.end,
      signature: maskSignature(text.slice(signature.start, signature.end), kind),
      doc: maskTokens(beginning(doc ?? '', maxDocLength)),
      block: false,
    }));
  for (const { title, start, end } of blocks) {
    const name = maskTokens(title);
    const signature = maskTokens(text.slice(start, text.indexOf(title, start) + title.length + 1));
    all.push({ name, kind: 'function', start, end, signature, doc: '', block: true });
  }
  all.sort((a, b) => a.start - b.start || b.end - a.end);
  const around: number[] = [];
  const drafts: Draft[] = [];
  for (const [index, { block, ...one }] of all.entries()) {
    while (around.length > 0 && all[around.at(-1)!]!.end <= one.start) around.pop();
    const container = around.findLast((at) => all[at]!.start !== one.start || all[at]!.end !== one.end) ?? -1;
    around.push(index);
    const within = container === -1 ? undefined : drafts[container]!;
    const test = inTests || (within?.test ?? false) || (one.kind === 'module' && testModule.test(one.name));
    drafts.push({ ...one, container, test, words: new Set() });
  }
  return drafts;
}

/** Gives each comparable declaration the words of its text; a word counts for all that are around it, too. */
function addWords(symbols: readonly Draft[], { names, ids, starts }: Scan): void {
  const around: Draft[] = [];
  // The declaration that a name was last counted for: mostly it is said again in the same one.
  const last = new Array<Draft | undefined>(names.length);
  let next = 0;
  const leave = (start: number): void => {
    while (around.length > 0 && around.at(-1)!.end <= start) around.pop();
  };
  for (let place = 0; place < ids.length; place++) {
    const id = ids[place]!;
    const start = starts[place]!;
    for (; next < symbols.length && symbols[next]!.start <= start; next++) {
      leave(symbols[next]!.start);
      if (comparable.has(symbols[next]!.kind)) around.push(symbols[next]!);
    }
    leave(start);
    const innermost = around.at(-1);
    if (!innermost || last[id] === innermost) continue;
    last[id] = innermost;
    addName(innermost, names[id]!);
  }
  // Inner ones come later in the list, so that what they have is complete when it is handed on.
  for (let index = symbols.length - 1; index >= 0; index--) {
    const { container, words } = symbols[index]!;
    if (container !== -1) addAll(symbols[container]!, words);
  }
}

function addName({ words, test }: Draft, name: string): void {
  if (words.size >= maxWordsPerSymbol) return;
  for (const hash of wordHashes(name)) words.add(hash);
  if (test) words.add(nameHash(name));
}

function addAll({ kind, words }: Draft, more: ReadonlySet<number>): void {
  if (!comparable.has(kind)) return;
  for (const hash of more) {
    if (words.size >= maxWordsPerSymbol) return;
    words.add(hash);
  }
}

function nameHash(name: string): number {
  let hash = nameHashes.get(name);
  if (hash === undefined) {
    hash = hashOf(name, 'name');
    if (nameHashes.size > 20_000) nameHashes.clear();
    nameHashes.set(name, hash);
  }
  return hash;
}
