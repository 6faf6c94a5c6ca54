// Calls, assignments and results that rules warn of, held against what the tracker knows of the values that reach them.
import type { AssignmentFact, CallFact } from '../../core/facts.ts';
import type { Span } from '../../core/span.ts';
import type { Look } from '../memory.ts';
import type { Code } from './code.ts';
import type { CompiledRules, CompiledSink, Condition } from './compile.ts';
import { argumentsOf, holdsForCall, isNamed, passes } from './conditions.ts';
import type { Flow } from './flow.ts';
import { isGuarded } from './guards.ts';
import { maxDivisions } from './limits.ts';
import type { Names } from './names.ts';
import { valueHole } from './query-text.ts';
import { statementEnd } from './texts.ts';
import { atLeast, type Hole, isClean, isHole, textOf, type Value, worstHole } from './value.ts';

/** A place where a rule holds. */
export interface Hit {
  readonly sink: CompiledSink;
  /** What is marked. */
  readonly span: Span;
  /** The value that makes it a fault, where one does. */
  readonly hole?: Hole;
  /** Whether constant text around the value says what it becomes a part of. */
  readonly built?: boolean;
  readonly call?: CallFact;
  readonly assignment?: AssignmentFact;
}

export interface Tools {
  readonly code: Code;
  readonly names: Names;
  readonly flow: Flow;
  readonly rules: CompiledRules;
  readonly look: Look;
}

export function findHits(tools: Tools): readonly Hit[] {
  const { code, flow, rules, look } = tools;
  const lookedAt = <Fact extends { readonly span: Span }>(
    facts: readonly Fact[],
    hitsOf: (tools: Tools, fact: Fact) => readonly Hit[],
  ): readonly Hit[] =>
    facts.flatMap((fact) => {
      if (look.isQuiet(fact.span)) return [];
      const hits = hitsOf(tools, fact);
      if (hits.length > 0) look.suspect();
      return hits;
    });
  const placed = [
    ...lookedAt(code.facts.calls, hitsOfCall),
    ...lookedAt(code.facts.assignments, hitsOfAssignment),
  ];
  look.end();
  // All of them are looked at below, whichever were passed over so far.
  flow.forget();
  return [
    ...placed,
    ...(rules.returns.length > 0 ? hitsOfReturns(tools) : []),
    ...rules.divides.flatMap((sink) => hitsOfDivisions(tools, sink)),
    ...rules.texts.flatMap((sink) => hitsOfText(tools, sink)),
  ];
}

function hitsOfCall(tools: Tools, call: CallFact): Hit[] {
  const { rules, names } = tools;
  const like = sinksLike(rules, call.name);
  // A name that is called bare may be an import's alias.
  const last = call.receiver ? call.name : names.callee(call).replace(/^.*[./]/, '');
  const named = [...(rules.calls.get(last) ?? []), ...(call.receiver ? (rules.calls.get('*') ?? []) : [])];
  if (like.length === 0 && named.length === 0) return [];
  const callee = names.callee(call);
  const fitting =
    callee.startsWith('this file.') && !call.receiver ? [] : named.filter((sink) => sink.names.has(callee));
  return [...fitting, ...like].flatMap((sink): Hit[] => {
    if (!holdsInFile(tools, sink) || !holdsForCall(tools, sink, call)) return [];
    const span = calleeSpan(tools.code.text, call);
    if (sink.named && !isNamed(tools, sink.named, call)) return [];
    if (!sink.from && !sink.built) return [{ sink, span, call }];
    const values = sink.arguments.flatMap((which) => argumentsOf(call, which)).map(tools.flow.valueOf);
    const fault = values.map((value) => faultOf(value, sink)).find((found) => found !== undefined);
    return fault && !isGuarded(tools.code, rules, fault.hole, sink.cwe, call.span.start)
      ? [{ sink, span, call, ...fault }]
      : [];
  });
}

/** Rules that know calls by how their names look; by name, since a few names are most of the calls. */
const alike = new WeakMap<CompiledRules, Map<string, readonly CompiledSink[]>>();
const maxNames = 20_000;

function sinksLike(rules: CompiledRules, name: string): readonly CompiledSink[] {
  if (rules.callsLike.length === 0) return [];
  let known = alike.get(rules);
  if (!known || known.size > maxNames) {
    known = new Map();
    alike.set(rules, known);
  }
  const before = known.get(name);
  if (before) return before;
  const like = rules.callsLike.filter((one) => one.name.test(name)).map(({ sink }) => sink);
  known.set(name, like);
  return like;
}

/** The piece that makes a value dangerous for a rule. */
function faultOf(
  value: Value,
  { cwe, from, built }: CompiledSink,
): { readonly hole: Hole; readonly built: boolean } | undefined {
  const says = built?.text.test(textOf(value)) ?? false;
  const worst = from && worstHole(value, cwe, from);
  if (worst) return { hole: worst, built: says };
  if (!built || !says) return undefined;
  const hole = built.values
    ? valueHole(value, cwe, built.from)
    : value.find(
        (part): part is Hole => isHole(part) && atLeast(part.level, built.from) && !isClean(part, cwe),
      );
  return hole && { hole, built: true };
}

function hitsOfAssignment(tools: Tools, assignment: AssignmentFact): Hit[] {
  const { rules, names, code } = tools;
  const { target, value } = assignment;
  const written = code.text.slice(target.start, Math.min(target.end, target.start + 200));
  const last = /([\w$]+)\s*(?:\[[^\]]*\])?$/.exec(written)?.[1];
  const sinks = last === undefined || !value ? undefined : rules.assigns.get(last);
  if (!sinks) return [];
  const index = written.indexOf('[');
  const whole = { start: target.start, end: index > 0 ? target.start + index : target.end };
  const resolved = names.of(whole);
  const literal = written.replace(/\s/g, '');
  return sinks.flatMap((sink): Hit[] => {
    const member = code.memberAt(whole);
    const full = member ? `${names.of(member.receiver)}.${member.name}` : resolved;
    if (!sink.names.has(full) && !sink.names.has(resolved) && full !== last) return [];
    if (!holdsInFile(tools, sink)) return [];
    const holds = (condition: Condition): boolean =>
      condition.argument === 'target'
        ? condition.matches.test(literal)
        : passes(tools, value!, condition.matches);
    if (!sink.when.every(holds) || sink.unless.some(holds)) return [];
    if (!sink.from && !sink.built) return [{ sink, span: target, assignment }];
    const fault = faultOf(tools.flow.valueOf(value!), sink);
    return fault && !isGuarded(code, rules, fault.hole, sink.cwe, target.start)
      ? [{ sink, span: target, assignment, ...fault }]
      : [];
  });
}

/** What handlers of requests hand back as it is. */
function hitsOfReturns(tools: Tools): Hit[] {
  const { code, flow, rules } = tools;
  const handlers = code.facts.symbols.filter((symbol) => symbol.body && flow.isHandler(symbol));
  return handlers.flatMap(({ body }) => {
    const { start, end } = body!;
    return [...code.text.slice(start, end).matchAll(/^[ \t]*return\b[ \t]*(?=[^\s{[])/gm)].flatMap(
      (match): Hit[] => {
        const from = start + match.index + match[0].length;
        if (code.facts.strings.some((one) => one.start < from && from < one.end)) return [];
        const value = flow.valueOf({ start: from, end: statementEnd(code.text, from, end) });
        return rules.returns.flatMap((sink): Hit[] => {
          const hole = holdsInFile(tools, sink) ? faultOf(value, sink)?.hole : undefined;
          if (!hole || isGuarded(code, rules, hole, sink.cwe, from)) return [];
          return [
            {
              sink,
              span: hole.span.start >= from && hole.span.end <= end ? hole.span : returnWord(from, match[0]),
              hole,
            },
          ];
        });
      },
    );
  });
}

const returnWord = (end: number, written: string): Span => {
  const start = end - written.trimStart().length;
  return { start, end: start + 'return'.length };
};

/** Divisions by what comes from outside. Only the file's beginning is looked through for very long ones. */
function hitsOfDivisions(tools: Tools, sink: CompiledSink): Hit[] {
  const { code, flow, rules } = tools;
  if (!holdsInFile(tools, sink)) return [];
  return [...code.text.matchAll(/(?<=[\w)\]]\s{0,4})(?:\/\/?|%)\s*(?=[A-Za-z_])/g)]
    .slice(0, maxDivisions)
    .flatMap((match): Hit[] => {
      const start = match.index + match[0].length;
      if (isQuiet(code, start)) return [];
      const [divisor] = code.itemsIn({ start, end: lineEnd(code.text, start) });
      if (divisor?.span.start !== start) return [];
      const found = flow
        .valueOf(divisor.span)
        .find((part): part is Hole => isHole(part) && atLeast(part.level, sink.from!));
      const hole =
        found && divisor.kind === 'name' ? { ...found, names: [...found.names, divisor.name] } : found;
      return hole && !isGuarded(code, rules, hole, sink.cwe, start)
        ? [{ sink, span: divisor.span, hole }]
        : [];
    });
}

const isQuiet = ({ facts }: Code, at: number): boolean =>
  facts.strings.some(({ start, end }) => start < at && at < end) ||
  facts.comments.some(({ span }) => span.start <= at && at < span.end);

function hitsOfText(tools: Tools, sink: CompiledSink): Hit[] {
  const { text, facts } = tools.code;
  if (!holdsInFile(tools, sink)) return [];
  return [...text.matchAll(sink.text!)].flatMap(({ index, 0: found }): Hit[] => {
    const start = index + (found.length - found.trimStart().length);
    const span = { start, end: Math.min(index + found.length, lineEnd(text, start)) };
    const inside = (one: Span): boolean => one.start < start && start < one.end;
    return facts.strings.some(inside) ||
      facts.comments.some((one) => one.span.start <= start && start < one.span.end)
      ? []
      : [{ sink, span }];
  });
}

const lineEnd = (text: string, at: number): number => {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
};

/** Whether the file is one that the rule is about. */
const holdsInFile = ({ look }: Tools, { file, notFile }: CompiledSink): boolean =>
  (!file || look.finds(file)) && !(notFile && look.finds(notFile));

function calleeSpan(text: string, { receiver, nameSpan }: CallFact): Span {
  const start =
    receiver &&
    !text.slice(receiver.start, receiver.end).includes('\n') &&
    nameSpan.start - receiver.start < 80
      ? receiver.start
      : nameSpan.start;
  return { start, end: nameSpan.end };
}
