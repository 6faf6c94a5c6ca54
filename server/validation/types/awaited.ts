// What waiting for a value gives, and what entering it does.
import type { Declaration } from '../../core/declarations.ts';
import type { Span } from '../../core/span.ts';
import { spanText } from '../../core/span.ts';
import type { TypeRules } from '../../core/type-rules.ts';
import { membersOfType } from './members.ts';
import type { Names } from './names.ts';
import { join, type Type } from './type.ts';

/** What the word for waiting stands before; `undefined` where an expression does not begin with it. */
export function waitedFor(text: string, place: Span, { awaits }: TypeRules): Span | undefined {
  if (awaits === undefined || !spanText(text, place).startsWith(`${awaits} `)) return undefined;
  return { start: place.start + awaits.length + 1, end: place.end };
}

/** @returns the type itself where there is nothing to wait for, in languages in which that is no mistake. */
export function awaited(type: Type | undefined, names: Names): Type | undefined {
  const { rules } = names;
  if (!type || type.kind === 'nothing') return type;
  if (type.kind === 'awaitable') return type.of;
  if (type.kind === 'union') return join(type.of.map((each) => awaited(each, names)));
  if (type.kind !== 'instance') return undefined;
  const { name } = type.of;
  if (Object.hasOwn(rules.awaited, name)) return type.arguments[rules.awaited[name]!];
  // A class of one's own may say itself what waiting for it gives.
  const members = membersOfType(type, names);
  const isPlain = members?.complete === true && !rules.waitable.some((each) => members.byName.has(each));
  return rules.waitable.length > 0 && isPlain ? type : undefined;
}

/** Whether the result of all of these must be waited for. */
export const isAwaitable = (of: readonly Declaration[], { awaitable }: TypeRules): boolean =>
  awaitable.length > 0 && of.every(({ modifiers }) => modifiers.some((each) => awaitable.includes(each)));
