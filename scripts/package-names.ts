// Makes what vouch knows of public package names: `tsx scripts/package-names.ts LIST FOLDER [--popular LIST]`. LIST has one
// name a line, from the registry's own index. Writes FOLDER/names.bin, a filter that knows all of them, and, with
// `--popular` (most used first), FOLDER/popular.txt, from which misspelt names are recognised.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  type FilterShape,
  filterMark,
  headerBytes,
  placesOf,
} from '../server/input/workspace/packages/name-filter.ts';

/** Beyond it a list costs more space than its last names are worth. */
const maxPopular = 15_000;
const maxSeeds = 100;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { popular: { type: 'string' } },
});
const [list, folder] = positionals;
if (list === undefined || folder === undefined)
  throw new Error('usage: package-names LIST FOLDER [--popular LIST]');

const linesOf = (path: string): string[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));

const names = [...new Set(linesOf(list))];
const bytes = makeFilter(names);
writeFileSync(join(folder, 'names.bin'), bytes);
process.stdout.write(`${names.length} names, ${bytes.length} bytes\n`);
if (values.popular !== undefined) {
  const popular = linesOf(values.popular).slice(0, maxPopular);
  writeFileSync(join(folder, 'popular.txt'), `${popular.join('\n')}\n`);
}

/** Tries seeds until the names can be peeled off one by one, which nearly every one allows. */
function makeFilter(all: readonly string[]): Uint8Array {
  for (let seed = 1; seed <= maxSeeds; seed++) {
    const made = tryFilter(all, shapeFor(all.length, seed));
    if (made) return made;
  }
  throw new Error(`no filter was found with ${maxSeeds} seeds`);
}

/** Sizes as in the paper, section 4. */
function shapeFor(count: number, seed: number): FilterShape {
  const size = Math.max(count, 2);
  const segmentLength = Math.min(2 ** 18, 2 ** Math.floor(Math.log(size) / Math.log(3.33) + 2.25));
  const factor = Math.max(1.125, 0.875 + (0.25 * Math.log(1e6)) / Math.log(size));
  const segments = Math.ceil(Math.round(size * factor) / segmentLength);
  return { segmentLength, segmentCount: Math.max(1, segments - 2), seed };
}

function tryFilter(all: readonly string[], shape: FilterShape): Uint8Array | undefined {
  const slots = (shape.segmentCount + 2) * shape.segmentLength;
  const places = all.map((name) => placesOf(name, shape));
  // Of each slot, how many names use it and the exclusive or of their indexes: with one left, that is the name.
  const used = new Uint32Array(slots);
  const joined = new Uint32Array(slots);
  places.forEach(([a, b, c], index) => {
    for (const slot of [a, b, c]) {
      used[slot]!++;
      joined[slot]! ^= index;
    }
  });
  const alone: number[] = [];
  for (let slot = 0; slot < slots; slot++) if (used[slot] === 1) alone.push(slot);
  const order: { index: number; slot: number }[] = [];
  for (let slot = alone.pop(); slot !== undefined; slot = alone.pop()) {
    if (used[slot] !== 1) continue;
    const index = joined[slot]!;
    order.push({ index, slot });
    const [a, b, c] = places[index]!;
    for (const other of [a, b, c]) {
      used[other]!--;
      joined[other]! ^= index;
      if (used[other] === 1) alone.push(other);
    }
  }
  if (order.length < all.length) return undefined;
  const out = new Uint8Array(headerBytes + slots);
  const view = new DataView(out.buffer);
  [filterMark, shape.segmentLength, shape.segmentCount, shape.seed].forEach((value, at) => {
    view.setUint32(at * 4, value, true);
  });
  const fingerprints = out.subarray(headerBytes);
  for (const { index, slot } of order.reverse()) {
    const [a, b, c, fingerprint] = places[index]!;
    fingerprints[slot] = fingerprint ^ fingerprints[a]! ^ fingerprints[b]! ^ fingerprints[c]!;
  }
  return out;
}
