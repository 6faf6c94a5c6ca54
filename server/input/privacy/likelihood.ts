// Whether a value looks like a secret rather than like a word, a name, a reference or a stand-in.
import { maxPassword, maxRandom, minPassphrase, minWordsOnly } from './limits.ts';

/** Values that stand for one: references to where the secret is kept, and what examples write in its place. */
const standIn =
  /\$\{|\{\{|\$\(|<[\w .-]+>|%\(|^[$%@]\w|^\{.*\}$|^%[sdv]$|^[*.x_#-]+$|(.)\1{5}|\[redacted|process\.env|environ|getenv|secrets\.|vault\b.*[:#/]|your|change.?me|replace|example|placeholder|dummy|sample|insert|todo|abc123|123456|abcdef|qwerty|foobar|lorem/i;

export const isStandIn = (value: string): boolean => standIn.test(value);

/** Letters that make a syllable; `y` does in English names. */
const vowel = /[aeiouy]/i;

/** Consonants that do not follow one another in a word. */
const unpronounceable = /[bcdfghjklmnpqrstvwxz]{5}/i;

/** Words of a name: `camelCase`, `snake_case`, `HTTPServer`. */
const wordsOf = (value: string): readonly string[] => value.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+/g) ?? [];

/** The share of letters and digits that stand in words that can be spoken, 0 to 1. */
export function wordiness(value: string): number {
  const words = wordsOf(value);
  let spoken = 0;
  let all = 0;
  for (const word of words) {
    all += word.length;
    if (word.length >= 4 && vowel.test(word) && !unpronounceable.test(word)) spoken += word.length;
  }
  return all === 0 ? 1 : spoken / all;
}

/** Shannon's entropy of the characters, in bits for each. */
export function entropy(value: string): number {
  const counts = new Map<string, number>();
  for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1);
  const total = [...value].length;
  let bits = 0;
  for (const count of counts.values()) bits -= (count / total) * Math.log2(count / total);
  return bits;
}

/** Bits for each character: words of a language have less in so short a text, random hexadecimal digits have more. */
const randomBits = 2.9;

/** What keys and tokens are written with. */
const tokenAlphabet = /^[\w+/.~-]+={0,2}$/;

/** A path, an address, a name with a space of names, a version, a date: random only in parts, and no secret. */
const structured =
  /^(?:\.{0,2}\/|[a-z][\w+.-]*:\/\/|v?\d+(?:\.\d+)+|\d{4}-\d\d-\d\d|[\d.:_-]+$)|::|\.(?:[a-z]{2,5})$/i;

/**
 * Whether a machine may have made it: letters and digits that are no words.
 * @param shortest code units.
 */
export function isRandom(value: string, shortest: number): boolean {
  if (value.length < shortest || value.length > maxRandom || !tokenAlphabet.test(value)) return false;
  if (isStandIn(value) || structured.test(value) || !/[A-Za-z]/.test(value)) return false;
  // Without a digit it takes a longer text to be sure that it is none of somebody's words.
  const digits = /\d/.test(value);
  if (!digits && (value.length < 16 || /[_.:-]/.test(value))) return false;
  return entropy(value) >= (digits ? randomBits : 3.2) && wordiness(value) < (digits ? 0.5 : 0.35);
}

/** Words that everybody uses where nothing is guarded, also with a mark behind to try how it is written. */
const openPassword =
  /^(?:pass(?:word|wd)?|pw|pwd|secret|user(?:name)?|root|admin|guest|test|postgres|mysql|redis|rabbit|minio|mypassword|mysecret|[a-z]{1,3})(?:\W|%[\da-f]{2})?$/i;

export const isOpen = (value: string): boolean => openPassword.test(value);

/** `new-password1`, `oauth2.password`: names have words around their marks. */
export const isName = (value: string): boolean =>
  /^[A-Za-z]{2,}(?:[-_.:/][A-Za-z0-9]+)+$/.test(value) && wordiness(value) > 0.6;

/** Words of what speaks of passwords rather than being one: names of fields, of steps, of translations. */
const aboutPasswords =
  /pass(?:w|phrase)|pwd|secret|token|key|auth|user|login|field|input|form|label|error|invalid|missing|required|reset|forgot|current|confirm|enter/i;

/** `correct-horse-battery-9`: words with marks between them that are no name of something about passwords. */
export function isPassphrase(value: string): boolean {
  if (value.length > maxPassword || isStandIn(value) || structured.test(value)) return false;
  if (!/^[A-Za-z0-9]+(?:[-_.][A-Za-z0-9]+)+$/.test(value) || !/[A-Za-z]{2}/.test(value)) return false;
  // Names are numbered by one digit, people add a year.
  if (aboutPasswords.test(value) && !/\d\d/.test(value)) return false;
  return /\d/.test(value)
    ? value.length >= minPassphrase
    : value.length >= minWordsOnly && /^[a-z]+(?:-[a-z]+){2,}$/i.test(value);
}

/** Whether a person may have chosen it as a password: more than one kind of character, and no text or name. */
export function isPassword(value: string, shortest: number): boolean {
  if (value.length < shortest || value.length > maxPassword || /\s/.test(value)) return false;
  if (isOpen(value) || isStandIn(value) || structured.test(value)) return false;
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^\w\s.:/-]/].filter((kind) => kind.test(value)).length;
  const mixed = kinds >= 3 || (kinds === 2 && /\d|[^\w\s.:/-]/.test(value));
  return mixed && /[A-Za-z]/.test(value) && !isName(value);
}
