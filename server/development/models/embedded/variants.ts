// Names that are written like another one: the type that a variable is named after, the constant of a setting.
import { partsOf } from './traits.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Names of more words are seldom named after one another. */
const maxParts = 6;

const capital = (word: string): string => word[0]!.toUpperCase() + word.slice(1);

/** Other ways to write a name, as pieces that some file has. */
export function variantsOf(vocabulary: Vocabulary, piece: number): number[] {
  const name = vocabulary.text(piece);
  const parts = partsOf(name);
  const last = parts.at(-1);
  if (last === undefined || parts.length > maxParts || name.length < 3) return [];
  const pascal = parts.map(capital).join('');
  const variants = [
    pascal,
    pascal[0]!.toLowerCase() + pascal.slice(1),
    parts.join('_'),
    parts.join('_').toUpperCase(),
    ...(last.endsWith('s') ? [name.slice(0, -1)] : [`${name}s`]),
    ...(parts.length > 1 ? [last, capital(last)] : []),
  ];
  const found = new Set<number>();
  for (const variant of variants) {
    const known = variant === name ? -1 : vocabulary.find(variant);
    if (known !== -1) found.add(known);
  }
  return [...found];
}
