// A set of names that answers "is it one of them?" in nine bits a name, with one wrong yes in 256 and no wrong no: a binary
// fuse filter (Graf and Lemire 2022, "Binary Fuse Filters: Fast and Smaller Than Xor Filters"), made by
// scripts/package-names.ts.
import { createHash } from 'node:crypto';

export interface NameFilter {
  has(name: string): boolean;
}

export interface FilterShape {
  /** A power of two. */
  readonly segmentLength: number;
  readonly segmentCount: number;
  readonly seed: number;
}

/** What a filter's file begins with, so that another file is not taken for one. */
export const filterMark = 0x66757365;
/** Bytes before the fingerprints: mark, segment length, segment count, seed. */
export const headerBytes = 16;

/** Where the three fingerprints of a name are, and what they must come to. */
export function placesOf(
  name: string,
  { segmentLength, segmentCount, seed }: FilterShape,
): readonly [number, number, number, fingerprint: number] {
  const digest = createHash('sha256').update(`${seed}\n${name}`).digest();
  const first = Math.floor((digest.readUInt32LE(0) / 2 ** 32) * segmentCount * segmentLength);
  const mask = segmentLength - 1;
  return [
    first,
    (first + segmentLength) ^ (digest.readUInt32LE(4) & mask),
    (first + 2 * segmentLength) ^ (digest.readUInt32LE(8) & mask),
    digest[12]!,
  ];
}

/**
 * @param bytes a file that the script made.
 * @throws Error when it is none.
 */
export function readFilter(bytes: Uint8Array): NameFilter {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < headerBytes || view.getUint32(0, true) !== filterMark) {
    throw new Error('not a file of package names');
  }
  const shape: FilterShape = {
    segmentLength: view.getUint32(4, true),
    segmentCount: view.getUint32(8, true),
    seed: view.getUint32(12, true),
  };
  const fingerprints = bytes.subarray(headerBytes);
  if (fingerprints.length !== (shape.segmentCount + 2) * shape.segmentLength) {
    throw new Error('a file of package names that was cut');
  }
  return {
    has(name) {
      const [a, b, c, fingerprint] = placesOf(name, shape);
      return (fingerprints[a]! ^ fingerprints[b]! ^ fingerprints[c]!) === fingerprint;
    },
  };
}
