// The tracker: what an expression's value is put together from, followed back through definitions within the function.
import type { CallFact, MemberFact, ParameterFact, SymbolFact } from '../../core/facts.ts';
import type { Span } from '../../core/span.ts';
import type { Code } from './code.ts';
import type { CompiledRules } from './compile.ts';
import type { Definition } from './definitions.ts';
import type { Item } from './items.ts';
import { maxDepth, maxSteps, minSteps } from './limits.ts';
import { closing, type Names, trimmed } from './names.ts';
import { parameterAt, reaching } from './reaching.ts';
import { filled } from './templates.ts';
import { constantOf, splitAtCommas } from './texts.ts';
import {
  cleaned,
  constant,
  isHole,
  joined,
  type Level,
  melted,
  textOf,
  through,
  type Value,
} from './value.ts';

export interface Flow {
  valueOf(span: Span): Value;
  /** Begins anew with all functions. */
  forget(): void;
  /** Whether requests call this function. */
  isHandler(symbol: SymbolFact): boolean;
}

/** Names of functions that say that what they hand back was made harmless or was looked at. */
const saysClean =
  /escape|sanit|clean|quot|valid|whitelist|allow|purif|strip_?tags|safe(?!ty)|secure|parameteri[sz]e|normali[sz]e_?(?:id|key)/i;

/** A name that is not changed once it is set. */
const isConstantName = (name: string): boolean => /^_?[A-Z][A-Z0-9_]+$/.test(name);

const numericType = /^(?:int|float|bool|Number|parseInt|UUID|uuid\.UUID)$/;

/** What was followed for one function: what is said of its code does not depend on what else was looked at before. */
interface Trail {
  readonly values: Map<string, Value>;
  left: number;
}

export function createFlow(code: Code, names: Names, rules: CompiledRules): Flow {
  const { text } = code;
  const trails = new Map<Span | undefined, Trail>();

  /** That of the outermost function around, or of all that is in none. */
  function trailAt(offset: number): Trail {
    const inside = ({ body }: SymbolFact): boolean =>
      body !== undefined && body.start <= offset && offset < body.end;
    const body = code.functionsAt(offset).findLast(inside)?.body;
    const known = trails.get(body);
    if (known) return known;
    const length = body ? body.end - body.start : text.length;
    const made = { values: new Map(), left: Math.min(maxSteps, minSteps + length) };
    trails.set(body, made);
    return made;
  }
  let trail: Trail = { values: new Map(), left: 0 };

  function evaluate(written: Span, depth = 0): Value {
    if (depth > maxDepth || trail.left === 0) return [];
    trail.left--;
    const span = trimmed(text, written);
    const key = `${span.start} ${span.end}`;
    const known = trail.values.get(key);
    if (known) return known;
    // A value that is made of itself is empty where it begins.
    trail.values.set(key, []);
    const value = expression(span, depth + 1);
    trail.values.set(key, value);
    return value;
  }

  function expression(span: Span, depth: number): Value {
    const items = code.itemsIn(span);
    if (items.length === 1 && items[0]!.kind !== 'text' && items[0]!.span.end === span.end) {
      return ofItem(items[0]!, depth);
    }
    const parts: Value[] = [];
    let at = span.start;
    for (const item of items) {
      if (item.span.start < at) continue;
      parts.push(ofItem(item, depth));
      at = afterIndices(item.span.end, span.end);
      if (item.kind !== 'text') continue;
      const operator = /^[\s)]*%\s*(?!=)/.exec(text.slice(at, Math.min(span.end, at + 200)));
      if (!operator) continue;
      const operand = operandAt(at + operator[0].length, span.end);
      const format = lastConstants(parts);
      parts.push(filled(format, fillingOf(operand, depth)));
      at = operand.end;
    }
    return joined(parts);
  }

  function ofItem(item: Item, depth: number): Value {
    if (item.kind === 'text') return constant(constantOf(text, item.span));
    if (item.kind === 'call') return ofCall(item.call, depth);
    return item.kind === 'member' ? ofMember(item.member, depth) : ofName(item.name, item.span, depth);
  }

  /** An index says which part of a value is meant, and adds nothing to it. */
  function afterIndices(from: number, end: number): number {
    let at = from;
    while (text[at] === '[' && at < end) {
      const closed = closing(text, at, end);
      if (closed < 0) break;
      at = closed + 1;
    }
    return at;
  }

  /** Takes the constant texts at the end of what has been put together. */
  function lastConstants(parts: Value[]): string {
    let format = '';
    while (parts.length > 0 && !parts.at(-1)!.some(isHole)) format = textOf(parts.pop()!) + format;
    return format;
  }

  function operandAt(start: number, end: number): Span {
    if ('([{'.includes(text[start] ?? ' ')) {
      const closed = closing(text, start, end);
      return { start, end: closed < 0 ? end : closed + 1 };
    }
    const [first] = code.itemsIn({ start, end });
    return { start, end: first ? afterIndices(first.span.end, end) : end };
  }

  function fillingOf(operand: Span, depth: number): { placed: Value[]; named: Map<string, Value> } {
    const inside = '([{'.includes(text[operand.start] ?? ' ')
      ? { start: operand.start + 1, end: operand.end - 1 }
      : operand;
    const named = new Map<string, Value>();
    const placed: Value[] = [];
    for (const one of splitAtCommas(text, inside)) {
      const key =
        text[operand.start] === '{' ? /^\s*["'](\w+)["']\s*:/.exec(text.slice(one.start, one.end)) : null;
      if (key) named.set(key[1]!, evaluate({ start: one.start + key[0].length, end: one.end }, depth));
      else placed.push(evaluate(one, depth));
    }
    return { placed, named };
  }

  function ofCall(call: CallFact, depth: number): Value {
    const callee = names.callee(call);
    const value = ofKnownCall(call, callee, depth) ?? ofUnknownCall(call, depth);
    return asksForNumber(call) ? cleaned(value, ['*']) : value;
  }

  /** What rules say of the result of a call. */
  function ofKnownCall(call: CallFact, callee: string, depth: number): Value | undefined {
    const source = rules.sources.find((one) => one.names.has(`${callee}()`) || one.names.has(callee));
    if (source) return [hole(source.level, call.span)];
    const cleaner = rules.cleaners.filter((one) => one.names.has(callee));
    if (cleaner.length > 0) {
      return cleaned(
        carried(call, depth),
        cleaner.flatMap((one) => one.for),
      );
    }
    const format = rules.formats.find((one) => one.names.has(callee));
    if (format) return ofFormat(call, format.place, depth);
    if (rules.parts.has(callee)) return ofReceiver(call, depth);
    return rules.carriers.has(callee) ? carried(call, depth) : undefined;
  }

  const carried = (call: CallFact, depth: number): Value =>
    joined([ofReceiver(call, depth), ...call.arguments.map(({ value }) => evaluate(value, depth))]);

  /** A method hands on what it is called on, a function of the file what it is given. */
  function ofUnknownCall(call: CallFact, depth: number): Value {
    const local = !call.receiver && code.isDeclared(call.name);
    const own = local ? melted(joined(call.arguments.map(({ value }) => evaluate(value, depth)))) : [];
    const result = joined([ofReceiver(call, depth), own]);
    const carries = result.some((part) => !isHole(part) || part.level !== 'unknown');
    const value = carries ? result : [hole('unknown', call.span)];
    return saysClean.test(call.name) ? cleaned(value, ['*']) : value;
  }

  const ofReceiver = ({ receiver }: CallFact, depth: number): Value =>
    receiver ? evaluate(receiver, depth) : [];

  /** `get('n', type=int)`. */
  const asksForNumber = (call: CallFact): boolean =>
    call.arguments.some(
      ({ keyword, value }) => keyword === 'type' && numericType.test(text.slice(value.start, value.end)),
    );

  function ofFormat(call: CallFact, place: number | string, depth: number): Value {
    const at = typeof place === 'number' ? place : -1;
    const format = at < 0 ? call.receiver : call.arguments[at]?.value;
    if (!format) return [];
    const rest = call.arguments.slice(at + 1);
    const named = new Map(
      rest.flatMap(({ keyword, value }) =>
        keyword === undefined ? [] : [[keyword, evaluate(value, depth)] as const],
      ),
    );
    const placed = rest.flatMap(({ keyword, value }) =>
      keyword === undefined ? [evaluate(value, depth)] : [],
    );
    const written = evaluate(format, depth);
    return joined([filled(textOf(written), { placed, named }), melted(written)]);
  }

  function ofMember(member: MemberFact, depth: number): Value {
    const resolved = names.of(member.span);
    const source = rules.sources.find((one) => one.names.has(resolved));
    if (source) return [hole(source.level, member.span)];
    const written = text.slice(member.span.start, member.span.end);
    const defined = written.length <= 120 ? reaching(code, written, member.span.start) : [];
    if (defined.length > 0) return ofDefinitions(written, defined, depth);
    if (isConstantName(member.name)) return [];
    const whole = melted(evaluate(member.receiver, depth)).filter(
      (part) => isHole(part) && part.level !== 'unknown',
    );
    return whole.length > 0 ? whole : [hole('unknown', member.span)];
  }

  function ofName(name: string, span: Span, depth: number): Value {
    const defined = reaching(code, name, span.start);
    if (defined.length > 0) return ofDefinitions(name, defined, depth);
    const parameter = parameterAt(code, name, span.start);
    if (parameter) return through([...ofParameter(parameter.fact, parameter.owner)], name);
    const resolved = names.of(span);
    const source = rules.sources.find((one) => one.names.has(resolved));
    if (source) return [hole(source.level, span)];
    // A module, a class, a constant or something that is declared elsewhere in the file.
    if (rules.selves.has(name) || resolved !== name || isConstantName(name) || /^[A-Z]/.test(name)) return [];
    return [hole('unknown', span)];
  }

  function ofDefinitions(name: string, definitions: readonly Definition[], depth: number): Value {
    const values = definitions.flatMap((one) =>
      one.type && isHarmless(one.type) ? [] : one.values.map((value) => evaluate(value, depth)),
    );
    return through([...joined(values)], name);
  }

  function ofParameter(fact: ParameterFact, owner: SymbolFact): Value {
    if (rules.selves.has(fact.name) || (fact.type && isHarmless(fact.type))) return [];
    return [hole(levelOf(fact, owner), fact.span, fact.name)];
  }

  function levelOf(fact: ParameterFact, owner: SymbolFact): Level {
    const { handlers } = rules;
    if (!handlers) return 'parameter';
    const type = fact.type ? text.slice(fact.type.start, fact.type.end) : '';
    const annotation = text.slice(Math.max(0, fact.span.start - 80), fact.span.end);
    if (handlers.types?.test(type) || handlers.annotations?.test(annotation)) return 'remote';
    const [first] = owner.parameters!.filter(({ name }) => !rules.selves.has(name));
    const isFirst = first === fact;
    if (isHandler(owner) || (first && !isFirst && handlers.first?.test(first.name))) return 'remote';
    return 'parameter';
  }

  const isHandler = ({ modifiers }: SymbolFact): boolean =>
    modifiers.some((modifier) => rules.handlers?.decorators.has(modifier) ?? false);

  const isHarmless = ({ start, end }: Span): boolean =>
    rules.harmlessTypes?.test(text.slice(start, end)) ?? false;

  const hole = (level: Level, span: Span, origin = text.slice(span.start, span.end)) => ({
    level,
    origin: origin.length > 60 ? `${origin.slice(0, 60)}…` : origin,
    names: [],
    clean: [],
    span,
  });

  return {
    valueOf(span) {
      trail = trailAt(span.start);
      return evaluate(span);
    },
    forget: () => trails.clear(),
    isHandler,
  };
}
