// Words of code: how an identifier is taken apart, and what stands for a word in an index.

/** Characters of a word that counts; a longer one is no name but data. */
const maxWordLength = 24;
const minWordLength = 2;

const parts = /[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\p{Lu}?\p{Ll}+|\p{Lo}+/gu;

/** `parseHTTPDate`, `parse_http_date` → parse, http, date. Digits and very long parts are left out. */
export function wordsOf(identifier: string): string[] {
  const found: string[] = [];
  for (const [part] of identifier.matchAll(parts)) {
    if (part.length >= minWordLength && part.length <= maxWordLength) found.push(part.toLowerCase());
  }
  return found;
}

/** FNV-1a over code units, 32 bits. `kind` keeps words and whole names apart. */
export function hashOf(text: string, kind: 'word' | 'name'): number {
  let hash = kind === 'word' ? 0x811c9dc5 : 0x4b9ace2f;
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  return hash >>> 0;
}

/** Hashes of an identifier's words, remembered: a file says the same few hundred names again and again. */
export function createWordHashes(): (identifier: string) => readonly number[] {
  const known = new Map<string, readonly number[]>();
  return (identifier) => {
    let hashes = known.get(identifier);
    if (!hashes) {
      hashes = [...new Set(wordsOf(identifier))].map((word) => hashOf(word, 'word'));
      if (known.size >= maxRemembered) known.clear();
      known.set(identifier, hashes);
    }
    return hashes;
  };
}

/** Identifiers whose words are remembered: those of some hundred files, at about 200 bytes each. */
const maxRemembered = 20_000;
