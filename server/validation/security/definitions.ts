// Where names and written members get their values, by the target as it is written.
import type { AssignmentFact, CallFact, FileFacts } from '../../core/facts.ts';
import { contains, type Span } from '../../core/span.ts';
import type { CompiledRules } from './compile.ts';

/** A place where a name or a written member gets a value, or more of one. */
export interface Definition {
  readonly span: Span;
  /** Where the values are; several for what is added by a call. */
  readonly values: readonly Span[];
  /** A written type. */
  readonly type?: Span;
  readonly kind: AssignmentFact['kind'];
}

/** Code units of a target that is followed: longer ones are no names. */
const maxTarget = 120;

/** In order of place for each target. An item of a container, and what a call adds to one, is a part of the whole. */
export function definitionsIn(
  text: string,
  facts: FileFacts,
  { adders, writers }: CompiledRules,
): ReadonlyMap<string, readonly Definition[]> {
  const found = new Map<string, Definition[]>();
  const add: Add = (target, definition, name) => {
    if (target.end - target.start > maxTarget) return;
    const key =
      name ??
      text
        .slice(target.start, target.end)
        .trim()
        .replace(/^[&*]+/, '');
    const known = found.get(key);
    if (known) known.push(definition);
    else found.set(key, [definition]);
  };
  for (const assignment of facts.assignments) addAssignment(text, assignment, add);
  for (const call of facts.calls) addCall(call, { adders, writers }, add);
  for (const list of found.values()) list.sort((a, b) => a.span.start - b.span.start);
  return found;
}

/** @param name the target, where it is a plain name. */
type Add = (target: Span, definition: Definition, name?: string) => void;

function addAssignment(
  text: string,
  { span, target, value, type, kind, name }: AssignmentFact,
  add: Add,
): void {
  add(target, { span, values: value ? [value] : [], kind, ...(type && { type }) }, name);
  if (name !== undefined) return;
  const whole = /^([\w$.]+)\s*\[/.exec(
    text.slice(target.start, Math.min(target.end, target.start + maxTarget)),
  );
  if (!whole || !value) return;
  const container = { start: target.start, end: target.start + whole[1]!.length };
  add(container, { span, values: [value], kind: 'augment' });
}

function addCall(
  { span, name, receiver, arguments: given }: CallFact,
  { adders, writers }: Pick<CompiledRules, 'adders' | 'writers'>,
  add: Add,
): void {
  const values = given.map(({ value }) => value);
  if (receiver && adders.has(name)) add(receiver, { span, values, kind: 'augment' });
  for (const { names, places } of writers) {
    const target = names.has(name) ? values[places[0]] : undefined;
    if (target && !contains(target, span))
      add(target, { span, values: values.slice(places[1]), kind: 'assign' });
  }
}
