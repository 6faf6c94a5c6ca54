// UTF-16 units in typed arrays, which are read several times faster than strings: from text, to text, and their hash.
import { endianness } from 'node:os';

const isBigEndian = endianness() === 'BE';

/** Arguments that one call may be given. */
const chunk = 4_096;

/** @param bytes of a list of units. @param at the unit from which on it is written. */
export function writeUnits(bytes: Buffer, text: string, at: number): void {
  bytes.write(text, at * 2, 'utf16le');
  if (isBigEndian) bytes.subarray(at * 2, (at + text.length) * 2).swap16();
}

export function stringOf(units: Uint16Array, start: number, end: number): string {
  let text = '';
  for (let at = start; at < end; at += chunk) {
    text += String.fromCharCode(...units.subarray(at, Math.min(end, at + chunk)));
  }
  return text;
}

export const hashStep = (hash: number, unit: number): number => (Math.imul(hash, 31) + unit) | 0;

export function hashOf(units: Uint16Array, start: number, end: number): number {
  let hash = 0;
  for (let at = start; at < end; at++) hash = hashStep(hash, units[at]!);
  return hash;
}

/** A second hash, apart from the first one: made the same way of its own step (FNV-1a by units). */
export const checkStep = (check: number, unit: number): number => Math.imul(check ^ unit, 0x01000193);

export function checkOf(units: Uint16Array, start: number, end: number): number {
  let check = 0;
  for (let at = start; at < end; at++) check = checkStep(check, units[at]!);
  return check;
}
