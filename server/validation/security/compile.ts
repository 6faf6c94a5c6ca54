// Rules as data → rules that are quick to ask: names in sets, regular expressions made once, sinks by the last name.
import { lastNames, type NameSet, nameSet } from './pattern.ts';
import type { HandlerRule, SecurityRules, Sink } from './rules.ts';
import type { Level } from './value.ts';

export interface CompiledSink
  extends Omit<Sink, 'when' | 'unless' | 'named' | 'text' | 'file' | 'notFile' | 'built'> {
  readonly names: NameSet;
  readonly when: readonly Condition[];
  readonly unless: readonly Condition[];
  readonly named?: RegExp;
  readonly text?: RegExp;
  readonly file?: RegExp;
  readonly notFile?: RegExp;
  readonly built?: { readonly text: RegExp; readonly from: Level; readonly values: boolean };
}

export interface Condition {
  readonly argument: number | string;
  readonly matches: RegExp;
}

export interface CompiledRules {
  readonly sources: readonly { readonly names: NameSet; readonly level: Level }[];
  readonly handlers?: Omit<HandlerRule, 'decorators' | 'types' | 'annotations' | 'first'> & {
    readonly decorators: NameSet;
    readonly types?: RegExp;
    readonly annotations?: RegExp;
    readonly first?: RegExp;
  };
  readonly selves: ReadonlySet<string>;
  readonly harmlessTypes?: RegExp;
  readonly cleaners: readonly { readonly names: NameSet; readonly for: readonly string[] }[];
  readonly carriers: NameSet;
  readonly parts: NameSet;
  readonly formats: readonly { readonly names: NameSet; readonly place: number | string }[];
  readonly adders: ReadonlySet<string>;
  readonly writers: readonly { readonly names: NameSet; readonly places: readonly [number, number] }[];
  readonly guards: readonly { readonly text: string; readonly for: readonly string[] }[];
  readonly conditions: readonly string[];
  /** Numbers of the weaknesses that some rule is about. */
  readonly weaknesses: ReadonlySet<number>;
  /** By the last name of the callee; `*` holds those for whole modules. */
  readonly calls: ReadonlyMap<string, readonly CompiledSink[]>;
  readonly callsLike: readonly { readonly name: RegExp; readonly sink: CompiledSink }[];
  readonly assigns: ReadonlyMap<string, readonly CompiledSink[]>;
  readonly returns: readonly CompiledSink[];
  readonly divides: readonly CompiledSink[];
  readonly texts: readonly CompiledSink[];
}

/** @throws SyntaxError for a regular expression that is none. */
export function compile(rules: SecurityRules): CompiledRules {
  const sinks = rules.sinks.map((rule) => ({ rule, sink: compileSink(rule) }));
  const { handlers } = rules;
  return {
    sources: rules.sources.map(({ names, level }) => ({ names: nameSet(names), level })),
    ...(handlers && {
      handlers: {
        decorators: nameSet(handlers.decorators),
        ...expression('types', handlers.types),
        ...expression('annotations', handlers.annotations),
        ...expression('first', handlers.first),
      },
    }),
    selves: new Set(rules.selves),
    ...expression('harmlessTypes', rules.harmlessTypes),
    cleaners: rules.cleaners.map((one) => ({ names: nameSet(one.calls), for: one.for.map(String) })),
    carriers: nameSet(rules.carriers),
    parts: nameSet(rules.parts),
    formats: Object.entries(rules.formats).map(([name, place]) => ({ names: nameSet([name]), place })),
    adders: new Set(rules.adders),
    writers: Object.entries(rules.writers).map(([name, places]) => ({ names: nameSet([name]), places })),
    guards: rules.guards.map((one) => ({ text: one.text, for: one.for.map(String) })),
    conditions: rules.conditions,
    weaknesses: new Set(sinks.map(({ sink }) => sink.cwe)),
    calls: byLastName(sinks, ({ calls }) => calls),
    callsLike: sinks.flatMap(({ rule, sink }) =>
      rule.callsLike === undefined ? [] : [{ name: new RegExp(rule.callsLike), sink }],
    ),
    assigns: byLastName(sinks, ({ assigns }) => assigns),
    returns: sinks.flatMap(({ rule, sink }) => (rule.returns ? [sink] : [])),
    divides: sinks.flatMap(({ rule, sink }) => (rule.divides ? [sink] : [])),
    texts: sinks.flatMap(({ sink }) => (sink.text ? [sink] : [])),
  };
}

function compileSink(rule: Sink): CompiledSink {
  const { when, unless, named, text, file, notFile, built, ...rest } = rule;
  return {
    ...rest,
    names: nameSet([...(rule.calls ?? []), ...(rule.assigns ?? [])]),
    when: conditions(when),
    unless: conditions(unless),
    ...expression('named', named, 'i'),
    ...expression('text', text, 'gm'),
    ...expression('file', file, 'i'),
    ...expression('notFile', notFile, 'i'),
    ...(built && { built: { ...built, text: new RegExp(built.text, 'i') } }),
  };
}

const conditions = (written: Readonly<Record<string, string>> = {}): readonly Condition[] =>
  Object.entries(written).map(([argument, pattern]) => ({
    argument: /^\d+$/.test(argument) ? Number(argument) : argument,
    matches: new RegExp(pattern),
  }));

const expression = <K extends string>(
  key: K,
  pattern: string | undefined,
  flags = '',
): { [P in K]?: RegExp } =>
  (pattern === undefined ? {} : { [key]: new RegExp(pattern, flags) }) as { [P in K]?: RegExp };

function byLastName(
  sinks: readonly { readonly rule: Sink; readonly sink: CompiledSink }[],
  namesOf: (rule: Sink) => readonly string[] | undefined,
): ReadonlyMap<string, readonly CompiledSink[]> {
  const found = new Map<string, CompiledSink[]>();
  for (const { rule, sink } of sinks) {
    for (const last of lastNames(namesOf(rule) ?? [])) found.set(last, [...(found.get(last) ?? []), sink]);
  }
  return found;
}
