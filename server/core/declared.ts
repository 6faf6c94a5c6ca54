// From the facts of a file to what it declares for others: the same for a file of the workspace, of an installed package,
// for a stub that data is made from, and for the text under check.
import type { Declaration, Declarations, Parameter } from './declarations.ts';
import type { FileFacts, ParameterFact, SymbolFact } from './facts.ts';
import { basesIn, isTransparent, matches } from './inheritance.ts';
import { contains, type Span, spanText } from './span.ts';
import type { TypeRules } from './type-rules.ts';

export interface DeclaringFile {
  readonly text: string;
  readonly facts: FileFacts;
  /** How it is named from outside of the workspace. */
  readonly module: string;
  readonly path?: string;
  readonly rules: TypeRules | undefined;
}

const own = new WeakMap<Declaration, () => Declarations>();

/** Members that a class, interface or enum declares itself; `undefined` where that is not known. Made when first asked for. */
export const ownMembersOf = (owner: Declaration): Declarations | undefined => own.get(owner)?.();

/** Says what the members of a declaration are, once they are asked for. */
export function setOwnMembers(owner: Declaration, make: () => Declarations): void {
  let made: Declarations | undefined;
  own.set(owner, () => {
    made ??= make();
    return made;
  });
}

const outer = new WeakMap<Declaration, Declaration>();

/** What a declaration of a file stands in. */
export const outerOf = (inner: Declaration): Declaration | undefined => outer.get(inner);

export interface Declared {
  /** What stands at the top level, by name. */
  readonly top: ReadonlyMap<string, readonly Declaration[]>;
  /** Methods of types that other files declare, by the names of those. */
  readonly ofOthers: ReadonlyMap<string, readonly Declaration[]>;
  /** The declaration of a symbol, by its place in the facts. */
  at(index: number): Declaration;
}

const made = new WeakMap<FileFacts, Declared>();

/** Kept for as long as the facts are. */
export function declaredIn(file: DeclaringFile): Declared {
  const known = made.get(file.facts);
  if (known) return known;
  const fresh = declare(file);
  made.set(file.facts, fresh);
  return fresh;
}

const withMembers = new Set(['class', 'interface', 'enum', 'module']);
const callable = new Set(['function', 'method', 'constructor']);

function declare(file: DeclaringFile): Declared {
  const { facts } = file;
  const all = new Map<number, Declaration>();
  const children = new Map<number, number[]>();
  const top = new Map<string, Declaration[]>();
  for (const [index, { container }] of facts.symbols.entries()) {
    if (container === undefined) continue;
    const list = children.get(container);
    if (list) list.push(index);
    else children.set(container, [index]);
  }
  const parts = partsIn(file);
  for (const [part, whole] of parts) {
    if (whole !== undefined)
      children.set(whole, [...(children.get(whole) ?? []), ...(children.get(part) ?? [])]);
  }
  const at = (index: number): Declaration => {
    const known = all.get(index);
    if (known) return known;
    const whole = parts.get(index);
    if (whole !== undefined) return at(whole);
    const symbol = facts.symbols[index]!;
    const made = toDeclaration(symbol, file);
    // A part of what is declared elsewhere says little of that.
    const declaration = parts.has(index) ? { ...made, kind: 'interface' as const } : made;
    all.set(index, declaration);
    if (symbol.container !== undefined) outer.set(declaration, at(symbol.container));
    if (withMembers.has(symbol.kind)) {
      setOwnMembers(declaration, () => membersIn(symbol, children.get(index) ?? [], file, at));
    }
    return declaration;
  };
  const ofOthers = new Map<string, Declaration[]>();
  for (const [index, { name, container, owner }] of facts.symbols.entries()) {
    if (owner !== undefined) add(ofOthers, owner, at(index));
    else if (container === undefined) add(top, name, at(index));
  }
  addBindings(top, file);
  return { top, ofOthers, at };
}

/** Symbols that only add to a type, with the symbol that declares it, where that is beside them. */
function partsIn({
  facts: { symbols },
  text,
  rules,
}: DeclaringFile): ReadonlyMap<number, number | undefined> {
  const parts = new Map<number, number | undefined>();
  const part = rules?.part;
  if (part === undefined) return parts;
  const isPart = ({ kind, signature }: SymbolFact): boolean =>
    kind === 'class' && matches(part, spanText(text, signature));
  const wholes = new Map<string, number>();
  for (const [index, symbol] of symbols.entries()) {
    const key = `${symbol.container} ${symbol.name}`;
    if (isPart(symbol)) parts.set(index, undefined);
    else if (withMembers.has(symbol.kind) && !wholes.has(key)) wholes.set(key, index);
  }
  for (const index of parts.keys())
    parts.set(index, wholes.get(`${symbols[index]!.container} ${symbols[index]!.name}`));
  return parts;
}

/** What the top level binds without declaring it. */
function addBindings(top: Map<string, Declaration[]>, { facts, module, path }: DeclaringFile): void {
  const symbolsAt = new Set(facts.symbols.map(({ nameSpan }) => nameSpan.start));
  const declared = new Set(top.keys());
  for (const { name, span, kind } of facts.topLevel) {
    // What is also imported or assigned may be either: a fallback, a replacement, a wrapped function.
    const isEither = declared.has(name) && kind !== 'type' && !symbolsAt.has(span.start);
    if (!isEither && (kind === 'import' || top.has(name))) continue;
    add(top, name, {
      name,
      kind: kind === 'type' ? 'type' : 'variable',
      signature: name,
      modifiers: [],
      module,
      ...(path !== undefined && { place: { path, span } }),
    });
  }
}

function add(map: Map<string, Declaration[]>, name: string, declaration: Declaration): void {
  const list = map.get(name);
  if (!list) map.set(name, [declaration]);
  else if (!list.includes(declaration)) list.push(declaration);
}

function toDeclaration(symbol: SymbolFact, { text, facts, module, path, rules }: DeclaringFile): Declaration {
  const { name, kind, nameSpan } = symbol;
  const isMany = isArrayed(text, symbol.type, nameSpan);
  const type = symbol.returns ?? (isMany ? undefined : symbol.type);
  const isTypedApart =
    rules?.typedApart !== undefined && matches(rules.typedApart, spanText(text, symbol.signature));
  const parameters =
    symbol.parameters && !isTypedApart ? withoutReceiver(symbol, symbol.parameters, facts, rules) : undefined;
  const doc = symbol.doc && firstParagraph(spanText(text, symbol.doc));
  return {
    name,
    kind,
    signature: spanText(text, symbol.signature),
    modifiers: symbol.modifiers,
    module,
    ...(parameters && { parameters: parameters.map((one) => toParameter(one, text)) }),
    ...(type && { type: receiverType(symbol, type, text, facts, rules) ?? spanText(text, type) }),
    ...(symbol.bases && { bases: basesIn(symbol, symbol.bases, text, rules) }),
    ...(doc && { doc }),
    ...(path !== undefined && { place: { path, span: nameSpan } }),
  };
}

/** The word for the receiver's own type, where a result is written as the receiver is: `def open(self: T) -> T`. */
function receiverType(
  symbol: SymbolFact,
  result: Span,
  text: string,
  facts: FileFacts,
  rules: TypeRules | undefined,
): string | undefined {
  const written = symbol.parameters?.[0]?.type;
  if (!written || !rules || !takesReceiver(symbol, facts, rules)) return undefined;
  const receiver = spanText(text, written);
  const [open, close] = rules.brackets;
  const of = receiver.endsWith(close) ? receiver.slice(receiver.indexOf(open) + 1, -close.length) : receiver;
  return of === spanText(text, result) ? rules.self[0] : undefined;
}

/** Whether a type that stands before the name is that of the elements only: `int counts[]`. */
export const isArrayed = (text: string, type: Span | undefined, name: Span): boolean =>
  type !== undefined && type.end <= name.start && /^\s*\[/.test(text.slice(name.end, name.end + 8));

function toParameter({ name, kind, optional, type }: ParameterFact, text: string): Parameter {
  return { name, kind, optional, ...(type && { type: spanText(text, type) }) };
}

/** Whether a function's first parameter is the receiver: written there, and given by the call. */
export function takesReceiver(
  { kind, container, name, modifiers }: Pick<SymbolFact, 'kind' | 'container' | 'name' | 'modifiers'>,
  facts: FileFacts,
  rules: TypeRules | undefined,
): boolean {
  if (!rules || rules.receiver !== undefined || container === undefined || !callable.has(kind)) return false;
  if (!withMembers.has(facts.symbols[container]!.kind)) return false;
  return !modifiers.some((each) => rules.onNothing.includes(each)) && !rules.onNothing.includes(name);
}

const withoutReceiver = (
  symbol: SymbolFact,
  parameters: readonly ParameterFact[],
  facts: FileFacts,
  rules: TypeRules | undefined,
): readonly ParameterFact[] =>
  takesReceiver(symbol, facts, rules) && parameters[0]?.kind !== 'rest' ? parameters.slice(1) : parameters;

function firstParagraph(doc: string): string {
  const plain = doc.replace(/^\s*(?:[rRuU]?(?:"""|'''|"|')|\/\*\*?|\/\/[/!]?|\*(?!\/)|#)[ \t]?/gm, '').trim();
  return plain
    .split(/\r?\n\s*\r?\n/, 1)[0]!
    .replace(/\s*(?:"""|'''|\*\/)$/, '')
    .trim();
}

/** What stands in a class, and what is assigned in its body without being a declaration of its own. */
function membersIn(
  owner: SymbolFact,
  children: readonly number[],
  file: DeclaringFile,
  at: (index: number) => Declaration,
): Declarations {
  const { facts, module, path, text, rules } = file;
  const byName = new Map<string, Declaration[]>();
  for (const index of children) add(byName, facts.symbols[index]!.name, at(index));
  const functions = children.map((index) => facts.symbols[index]!).filter(({ body }) => body);
  for (const { name, target, type } of within(facts.assignments, owner.body ?? owner.span)) {
    if (name === undefined || byName.has(name) || functions.some(({ span }) => contains(span, target)))
      continue;
    byName.set(name, [
      {
        name,
        kind: 'field',
        signature: name,
        modifiers: [],
        module,
        ...(type && { type: spanText(text, type) }),
        ...(path !== undefined && { place: { path, span: target } }),
      },
    ]);
  }
  return { byName, complete: rules !== undefined && isClosed(owner, byName, file, rules) };
}

/** Whether a class has the members that it shows, and those of its bases. */
function isClosed(
  owner: SymbolFact,
  byName: ReadonlyMap<string, unknown>,
  { facts, text }: DeclaringFile,
  rules: TypeRules,
): boolean {
  if (!owner.modifiers.every((each) => isTransparent(each, rules))) return false;
  if (rules.dynamicMembers.some((name) => byName.has(name))) return false;
  const { computedMember } = rules;
  if (computedMember !== undefined && [...byName.keys()].some((name) => matches(computedMember, name)))
    return false;
  if (facts.errors.some(({ span }) => contains(owner.span, span))) return false;
  if (rules.dynamicClass !== undefined && matches(rules.dynamicClass, spanText(text, owner.span)))
    return false;
  return !extendedIn(facts, text, rules).has(owner.name);
}

const extended = new WeakMap<FileFacts, ReadonlySet<string>>();

/** Names of classes that get members from outside of them. */
function extendedIn(facts: FileFacts, text: string, { extendedClass }: TypeRules): ReadonlySet<string> {
  const known = extended.get(facts);
  if (known) return known;
  const found = extendedClass === undefined ? [] : text.matchAll(new RegExp(extendedClass, 'gu'));
  const names = new Set([...found].map(([, name = '']) => name));
  extended.set(facts, names);
  return names;
}

/** Facts in the order of their spans' starts that start within `place`. */
function within<Fact extends { readonly span: Span }>(facts: readonly Fact[], place: Span): readonly Fact[] {
  let low = 0;
  let high = facts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (facts[middle]!.span.start < place.start) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while (end < facts.length && facts[end]!.span.start < place.end) end++;
  return facts.slice(low, end);
}
