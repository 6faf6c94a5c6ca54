// How close a name is to the place: whether the subject uses it, or the lines around.
import { lineAt, lineStarts } from '../../core/lines.ts';
import { type Span, span, spanText } from '../../core/span.ts';
import { nearbyLines } from './limits.ts';
import { readPlace } from './place.ts';
import type { ContextQuestion, Nearby } from './source.ts';

const memberAccess =
  /(?<![\p{ID_Continue}$.])([\p{ID_Start}$_][\p{ID_Continue}$]*)\s*(?:\??\.|::)\s*([\p{ID_Start}$_][\p{ID_Continue}$]*)/gu;

const none: ReadonlySet<string> = new Set();

const words = /[\p{ID_Start}$_][\p{ID_Continue}$]*/gu;

/** The names around a place, code, comments and strings alike: a doc comment names what its code will use. */
export function readNearby({ file: { text, facts }, offset, subject }: ContextQuestion): Nearby {
  const here: Span = subject ?? span(offset, offset);
  const starts = lineStarts(text);
  const first = Math.max(0, lineAt(starts, here.start) - nearbyLines);
  const end = starts[lineAt(starts, here.end) + nearbyLines + 1] ?? text.length;
  const around = span(starts[first]!, end);
  const inside = count(spanText(text, here));
  const outside = count(spanText(text, around));
  const members = membersIn(spanText(text, around));
  return {
    membersOf: (name) => members.get(name) ?? none,
    place: readPlace(
      text,
      offset,
      facts.imports.map((each) => each.span),
    ),
    closeness(name) {
      const uses = inside.get(name) ?? 0;
      if (uses > 0) return Math.min(1, 0.8 + uses * 0.05);
      return Math.min(0.7, (outside.get(name) ?? 0) * 0.15);
    },
  };
}

function count(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [word] of text.matchAll(words)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

function membersIn(text: string): ReadonlyMap<string, ReadonlySet<string>> {
  const members = new Map<string, Set<string>>();
  for (const [, owner, member] of text.matchAll(memberAccess)) {
    const known = members.get(owner!);
    if (known) known.add(member!);
    else members.set(owner!, new Set([member!]));
  }
  return members;
}
