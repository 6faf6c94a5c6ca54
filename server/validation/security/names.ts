// What a written name stands for: aliases, imported names and variables replaced by where they come from.
import type { CallFact, FileFacts, ParameterFact, SymbolFact } from '../../core/facts.ts';
import type { Span } from '../../core/span.ts';
import type { Code } from './code.ts';
import type { CompiledRules } from './compile.ts';
import type { Definition } from './definitions.ts';

export interface Names {
  /** `run` after `from subprocess import run` → `subprocess.run`. */
  callee(call: CallFact): string;
  /** The dotted name of an expression, `?` for one that has none. Calls in it are written `()`, indices `[]`. */
  of(span: Span): string;
}

/** Definitions through which a variable is followed to its type. */
const maxLinks = 5;

export function createNames(code: Code, { selves }: CompiledRules): Names {
  const { text, facts } = code;
  let importedHere: ReadonlyMap<string, string> | undefined;
  const importedAs = (name: string): string | undefined => {
    importedHere ??= importedNames(facts);
    return importedHere.get(name);
  };
  const known = new Map<string, string>();

  function ofSpan(span: Span, links: number): string {
    const { start, end } = trimmed(text, span);
    if (end - start > 400) return longName({ start, end }, links);
    const key = `${start} ${end}`;
    const remembered = known.get(key);
    if (remembered !== undefined) return remembered;
    const name = links > maxLinks ? '?' : longName({ start, end }, links);
    known.set(key, name);
    return name;
  }

  function longName(span: Span, links: number): string {
    const call = code.callAt(span);
    if (call) return `${ofCall(call, links)}()`;
    const written = text.slice(span.start, Math.min(span.end, span.start + 200));
    if (/^[\w$]+$/.test(written)) return ofName(written, span.start, links);
    const member = code.memberAt(span);
    if (member) {
      const assigned = /^[\w$.]+$/.test(written) ? objectOf(written, span.start, links) : undefined;
      return assigned ?? `${ofSpan(member.receiver, links)}.${member.name}`;
    }
    if (/^[\w$]+(?:(?:\.|::|->|\?\.)[\w$]+)+$/.test(written)) {
      const [first, ...rest] = written.split(/\.|::|->|\?\./);
      return [ofName(first!, span.start, links), ...rest].join('.');
    }
    if (/^[A-Za-z]{0,3}["'`]/.test(written)) return '""';
    const lead = /^(?:await\s+|new\s+|&mut\s+|[&*!])/.exec(written);
    if (lead) return ofSpan({ start: span.start + lead[0].length, end: span.end }, links + 1);
    const index = indexed(text, span);
    if (index) return `${ofSpan(index, links + 1)}[]`;
    return '?';
  }

  const ofCall = ({ name, nameSpan, receiver }: CallFact, links: number): string =>
    receiver ? `${ofSpan(receiver, links)}.${name}` : ofName(name, nameSpan.start, links);

  function ofName(name: string, at: number, links: number): string {
    const alias = importedAs(name);
    if (alias !== undefined) return alias;
    const object = objectOf(name, at, links);
    if (object !== undefined) return object;
    return code.isDeclared(name) ? `this file.${name}` : name;
  }

  /** What a variable or parameter was made by, where that is a call or another name. */
  function objectOf(name: string, at: number, links: number): string | undefined {
    if (selves.has(name)) return undefined;
    const definition = code.definitionsOf(name).findLast((one) => reaches(one, at));
    if (definition) {
      const [value] = definition.values;
      if (definition.kind === 'augment' || definition.kind === 'part') return undefined;
      if (definition.type) return `${ofType(definition.type, links + 1)}()`;
      const resolved = value && definition.kind !== 'each' ? ofSpan(value, links + 1) : '?';
      return /^(?:\?|"")$/.test(resolved) || resolved.startsWith('this file.') ? undefined : resolved;
    }
    const type = parameterOf(name, code.functionsAt(at))?.type;
    return type && `${ofType(type, links + 1)}()`;
  }

  /** Before the use, or anywhere where the use is in another function. */
  const reaches = ({ span }: Definition, at: number): boolean => {
    const [inner] = code.functionsAt(at);
    const own = code.functionsAt(span.start)[0];
    return own === undefined
      ? inner !== undefined || span.end <= at
      : code.functionsAt(at).includes(own) && span.end <= at;
  };

  function ofType(type: Span, links: number): string {
    const written = text.slice(type.start, type.end).replace(/^[&*\s]*(?:mut\s+)?|^["']|["']$/g, '');
    const name = /^[\w$.:/]+/.exec(written)?.[0];
    if (name === undefined) return '?';
    const [first, ...rest] = name.split(/\.|::/);
    return links > maxLinks ? '?' : [importedAs(first!) ?? first, ...rest].join('.');
  }

  return { of: (span) => ofSpan(span, 0), callee: (call) => ofCall(call, 0) };
}

export const parameterOf = (name: string, around: readonly SymbolFact[]): ParameterFact | undefined =>
  around.flatMap(({ parameters }) => parameters ?? []).find((one) => one.name === name);

/** Local name to what it stands for, with dots whatever the language writes. */
function importedNames({ imports }: FileFacts): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { module: written, names: picked, namespace, wildcard } of imports) {
    const module = written.replace(/^node:/, '').replaceAll('::', '.');
    if (namespace !== undefined) {
      const isFirst = module.startsWith(`${namespace}.`);
      names.set(namespace, isFirst ? namespace : module);
    } else if (picked.length === 0 && !wildcard) {
      const last = /([\w$]+)(?:\/v\d+)?$/.exec(module)?.[1];
      if (last !== undefined) names.set(last, module);
    }
    for (const { name, local } of picked) {
      names.set(local, name === 'default' || module.endsWith(`.${name}`) ? module : `${module}.${name}`);
    }
  }
  return names;
}

/** Without white space and brackets around all of it. */
export function trimmed(text: string, { start, end }: Span): Span {
  let from = start;
  let to = end;
  for (let round = 0; round < 8; round++) {
    while (from < to && /\s/.test(text[from]!)) from++;
    while (to > from && /\s/.test(text[to - 1]!)) to--;
    if (text[from] !== '(' || text[to - 1] !== ')' || closing(text, from, to) !== to - 1) break;
    from++;
    to--;
  }
  return { start: from, end: to };
}

const open = '([{';
const close = ')]}';

/** Where the bracket that opens at `from` is closed, before `end`; quotes are stepped over. `-1` where it is not. */
export function closing(text: string, from: number, end: number): number {
  let depth = 0;
  let quote = '';
  for (let at = from; at < end; at++) {
    const character = text[at]!;
    if (quote !== '') {
      if (character === '\\') at++;
      else if (character === quote) quote = '';
    } else if (character === '"' || character === "'" || character === '`') quote = character;
    else if (open.includes(character)) depth++;
    else if (close.includes(character) && --depth === 0) return at;
  }
  return -1;
}

/** What is indexed, where all of the expression is one index: `a.b` of `a.b[0]`. */
function indexed(text: string, { start, end }: Span): Span | undefined {
  if (text[end - 1] !== ']' || end - start > 400) return undefined;
  for (let at = start; at < end; at++) {
    if (text[at] === '[')
      return closing(text, at, end) === end - 1 && at > start ? { start, end: at } : undefined;
    if (/[^\w$.()]/.test(text[at]!)) return undefined;
  }
  return undefined;
}
