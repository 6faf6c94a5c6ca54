// The parts of an identifier: split at case, underscores and digits, in small letters.

const parts = /\p{Lu}?[\p{Ll}\p{Lo}]+|\p{Lu}+(?!\p{Ll})|\p{N}+/gu;

/** Identifiers whose parts are remembered; then it begins anew. */
const maxRemembered = 20_000;

const remembered = new Map<string, readonly string[]>();

/** `readHTTPHeader_2` → `read`, `http`, `header`, `2`. */
export function subwords(identifier: string): readonly string[] {
  let found = remembered.get(identifier);
  if (!found) {
    found = (identifier.match(parts) ?? []).map((part) => part.toLowerCase());
    if (remembered.size >= maxRemembered) remembered.clear();
    remembered.set(identifier, found);
  }
  return found;
}
