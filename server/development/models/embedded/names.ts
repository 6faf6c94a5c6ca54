// Names that the parser says can be used at the cursor, as pieces of the vocabulary.
import type { UsableName } from './request.ts';
import { type Names, nameFlags, type UsableAs } from './scene.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Names of one place that are looked at, the innermost first: a file that declares more is seldom written by hand. */
const maxNames = 2_000;

const flagsOf: Readonly<Record<UsableName['kind'], number>> = {
  parameter: nameFlags.visible | nameFlags.local,
  variable: nameFlags.visible | nameFlags.local,
  function: nameFlags.visible | nameFlags.callable,
  class: nameFlags.visible | nameFlags.callable,
  import: nameFlags.visible | nameFlags.imported,
  type: nameFlags.visible,
};

/** @param names innermost first: an outer one of the same name is hidden. */
export function namesOf(vocabulary: Vocabulary, names: readonly UsableName[]): Names {
  const found = new Map<number, UsableAs>();
  for (const { name, kind } of names.slice(0, maxNames)) {
    const piece = vocabulary.find(name);
    // What no text has yet cannot come next.
    if (piece !== -1 && !found.has(piece)) found.set(piece, { flags: flagsOf[kind], rank: found.size });
  }
  return found;
}

/** @param members that a value has; names that no text has yet cannot come next. */
export function membersOf(vocabulary: Vocabulary, members: readonly string[]): ReadonlySet<number> {
  return new Set(
    members
      .slice(0, maxNames)
      .map((name) => vocabulary.find(name))
      .filter((piece) => piece !== -1),
  );
}
