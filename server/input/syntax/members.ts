// Captures of members.scm → members asked for by name.
import type { MemberFact } from '../../core/facts.ts';
import { contains } from '../../core/span.ts';
import { captureNamed, hasCapture, type Match, placeOf, spansNamed } from './captures.ts';
import { unquoted } from './quotes.ts';

const uses = ['write', 'delete', 'call'] as const;

export interface ChunkMembers {
  readonly members: readonly MemberFact[];
  /** Names whose existence is tested: such members are doubtful in the whole file. */
  readonly guarded: ReadonlySet<string>;
}

export function readMembers(matches: readonly Match[], text: string): ChunkMembers {
  const members = new Map<number, Match>();
  const optional = new Set<number>();
  const access = new Map<number, MemberFact['access']>();
  for (const match of matches) {
    const member = captureNamed(match, 'member');
    if (member) members.set(placeOf(member.span), match);
    if (member && hasCapture(match, 'optional')) optional.add(placeOf(member.span));
    for (const { name, span } of member ? [] : match.captures) {
      const use = uses.find((each) => each === name);
      if (use) access.set(placeOf(span), use);
    }
  }
  const guarded = new Set(spansNamed(matches, 'guard').map((span) => unquoted(text, span)));
  const doubtful = spansNamed(matches, 'doubtful');
  for (const span of spansNamed(matches, 'ignore')) members.delete(placeOf(span));
  const found = [...members].flatMap(([place, match]): MemberFact[] => {
    const member = captureNamed(match, 'member')!;
    const receiver = captureNamed(match, 'receiver');
    const written = captureNamed(match, 'name');
    if (!receiver || !written) return [];
    const name = text.slice(written.span.start, written.span.end);
    return [
      {
        span: { start: receiver.span.start, end: written.span.end },
        receiver: receiver.span,
        name,
        nameSpan: written.span,
        access: access.get(place) ?? 'read',
        doubtful: optional.has(place) || doubtful.some((region) => contains(region, member.span)),
      },
    ];
  });
  return { members: found, guarded };
}
