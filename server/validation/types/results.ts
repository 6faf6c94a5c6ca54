// Functions that give out several values, and the targets that take them.
import type { Span } from '../../core/span.ts';
import type { TypeRules } from '../../core/type-rules.ts';
import { split } from './written.ts';

/** Which of the targets of a statement one is; `undefined` where it is within another one. */
export function placeAmong(text: string, statement: Span, target: Span): number | undefined {
  const before = text.slice(statement.start, target.start);
  return /^[^()[\]{}]*$/.test(before) ? before.split(',').length - 1 : undefined;
}

/** The written type of one of several results. Results may have names, and several names one type: those are unknown. */
export function resultAt(written: string | undefined, index: number, rules: TypeRules): string | undefined {
  const [open, close] = rules.results ?? [];
  if (written === undefined || open === undefined || close === undefined) return undefined;
  if (!written.startsWith(open) || !written.endsWith(close)) return undefined;
  const parts = split(written.slice(open.length, -close.length), ',', rules);
  return parts.some((part) => /^\S+\s+[^{]/.test(part)) ? undefined : parts[index];
}
