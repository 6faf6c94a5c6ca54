// Whether somebody has looked at a value before it is used: a condition on it earlier in the function.
import type { Code } from './code.ts';
import type { CompiledRules } from './compile.ts';
import { maxGuardText } from './limits.ts';
import type { Hole } from './value.ts';

/** @returns whether a condition that rules call a guard names the value between the function's beginning and its use. */
export function isGuarded(code: Code, rules: CompiledRules, hole: Hole, cwe: number, at: number): boolean {
  if (rules.guards.length === 0 || hole.names.length === 0) return false;
  const around = code.functionsAt(at)[0];
  const from = Math.max(around?.body?.start ?? around?.span.start ?? 0, at - maxGuardText);
  const before = textRunBefore(code, from, at);
  const begins = new RegExp(`^[ \\t}]*(?:${rules.conditions.join('|')})\\b.*$`, 'gm');
  const conditions = [...before.matchAll(begins)].map(([line]) => line.slice(0, 500));
  if (conditions.length === 0) return false;
  const tested = hole.names.map(escaped).join('|');
  // What is looked at may be each of its characters or parts in turn.
  const parts = before.matchAll(
    new RegExp(`\\bfor\\s*\\(?(?:const |let |var )?(\\w+)\\s+(?:of|in)\\s+(?:${tested})\\b`, 'g'),
  );
  const names = [tested, ...[...parts].map(([, part]) => part)].join('|');
  return rules.guards.some(
    (guard) =>
      (guard.for.includes('*') || guard.for.includes(String(cwe))) &&
      matches(conditions, new RegExp(guard.text.replaceAll('NAME', `(?<![\\w.])(?:${names})`))),
  );
}

/** The text from one offset to another without the bodies of functions that end there: their names are others. */
function textRunBefore({ text, functionsBetween }: Code, from: number, to: number): string {
  const parts: string[] = [];
  let at = from;
  for (const { body } of functionsBetween(from, to)) {
    if (!body || body.start < at || body.end > to) continue;
    parts.push(text.slice(at, body.start));
    at = body.end;
  }
  return parts.join('') + text.slice(at, to);
}

const matches = (conditions: readonly string[], pattern: RegExp): boolean =>
  conditions.some((condition) => pattern.test(condition));

const escaped = (name: string): string => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
