// Makes the names that Rust's standard library offers come with vouch, from the documentation that a toolchain has on disk:
// `npx tsx scripts/rust-names.ts "$(rustc --print sysroot)/share/doc/rust"`. Modules of single processors are left out.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import type { SymbolKind } from '../server/core/facts.ts';
import type { ShippedDeclaration } from '../server/input/workspace/declarations/shipped-format.ts';

const [folder = ''] = process.argv.slice(2);
const crates = ['std', 'core', 'alloc', 'proc_macro', 'test'];
const language = join(import.meta.dirname, '../grammars/rust');

/** By the word that begins a page's address. */
const kinds: Readonly<Record<string, SymbolKind>> = {
  mod: 'module',
  primitive: 'module',
  struct: 'class',
  union: 'class',
  enum: 'enum',
  trait: 'interface',
  traitalias: 'interface',
  fn: 'function',
  macro: 'function',
  derive: 'function',
  attr: 'function',
  type: 'type',
  constant: 'constant',
  static: 'variable',
};

/** What a module's own page lists, what it hands on included. */
const listed = /<a class="(\w+)" href="[^"]*" title="[^"]*?(\w+)!?"/g;
const handedOn = /id="reexport\.(\w+)"/g;

const modules = new Map<string, Record<string, readonly ShippedDeclaration[]>>();

function read(path: string, name: string): void {
  const page = join(path, 'index.html');
  if (!existsSync(page) || name.split('::').includes('arch')) return;
  const text = readFileSync(page, 'utf8');
  const names: Record<string, readonly ShippedDeclaration[]> = {};
  const add = (each: string, kind: SymbolKind): void => {
    names[each] = [[kind, '', 0, 0, 0, 0]];
  };
  for (const [, each] of text.matchAll(handedOn)) add(each!, 'type');
  for (const [, kind, each] of text.matchAll(listed)) if (kinds[kind!]) add(each!, kinds[kind!]!);
  modules.set(name, names);
  for (const entry of readdirSync(path, { withFileTypes: true }))
    if (entry.isDirectory()) read(join(path, entry.name), `${name}::${entry.name}`);
}

for (const crate of crates) read(join(folder, 'html', crate), crate);
const index: Record<string, [number, number]> = {};
const blocks: Buffer[] = [];
let offset = 0;
for (const [name, names] of [...modules].sort(([a], [b]) => (a < b ? -1 : 1))) {
  const block = brotliCompressSync(
    JSON.stringify({ names, exports: {}, scope: {}, wildcards: [], open: name.includes('::os') ? 1 : 0 }),
  );
  index[name] = [offset, block.length];
  blocks.push(block);
  offset += block.length;
}
const head = Buffer.from(JSON.stringify(index));
const length = Buffer.alloc(4);
length.writeUInt32LE(head.length);
writeFileSync(join(language, 'declarations/standard.bin'), Buffer.concat([length, head, ...blocks]));
const known = [...new Set([...crates, ...modules.keys()])];
writeFileSync(
  join(language, 'packages/packages.json'),
  `${JSON.stringify({ standard: known }, undefined, 2)}\n`,
);
process.stderr.write(`${modules.size} modules, ${4 + head.length + offset} bytes\n`);
