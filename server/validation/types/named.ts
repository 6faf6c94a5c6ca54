// What a name is, by all that binds it where it stands.
import type { Declaration } from '../../core/declarations.ts';
import { takesReceiver } from '../../core/declared.ts';
import type { AssignmentFact, Binding, ParameterFact, SymbolFact } from '../../core/facts.ts';
import { isClass, matches } from '../../core/inheritance.ts';
import { type Span, spanText } from '../../core/span.ts';
import type { Subject } from '../check.ts';
import { mayBeInherited } from './bare.ts';
import { codeAt, isUnseen } from './doubts.ts';
import type { Names } from './names.ts';
import { baseAt, isOneOf, objectOf, receiverAt } from './receiver.ts';
import type { Meaning, Scopes, Source } from './scopes.ts';
import { join, type Type } from './type.ts';

interface NamedOptions {
  readonly subject: Subject;
  readonly names: Names;
  readonly scopes: Scopes;
  /** As in inference: whether the text around a name is searched for what facts do not tell. */
  readonly strict: boolean;
  /** What the use of a declared name is. */
  declared(all: readonly Declaration[] | undefined): Type | undefined;
  /** What a type is that is written at a place. */
  readHere(type: string, offset: number): Type | undefined;
  ofAssignment(assignment: AssignmentFact): Type | undefined;
  /** What a function is given that is itself an argument. */
  ofGiven(source: Extract<Source, { kind: 'given' }>): Type | undefined;
}

export interface Named {
  ofName(name: string, offset: number): Type | undefined;
}

const isTyped = (source: Source): boolean =>
  source.kind === 'parameter' ||
  (source.kind === 'given' && source.type !== undefined) ||
  (source.kind === 'assigned' && source.assignment.type !== undefined);

const binds = ({ span }: Source, seen: Binding): boolean =>
  span.start <= seen.span.start && seen.span.end <= span.end;

const isAugmented = (source: Source): boolean =>
  source.kind === 'assigned' && source.assignment.kind === 'augment';

export function createNamed(options: NamedOptions): Named {
  const { subject, names, scopes, strict, declared, readHere, ofAssignment, ofGiven } = options;
  const { text, facts, visibleNames } = subject;
  const { rules } = names;
  /** Whether the scopes themselves are asked: they know the text under check only. */
  const isExact = strict && !subject.earlier;

  const writtenHere = (span: Span): Type | undefined => readHere(spanText(text, span), span.start);

  const ofName = (name: string, offset: number): Type | undefined => {
    const word = ofWord(name, offset);
    if (word === 'none') return ofBound(name, offset);
    return strict && isTestedAt(name, offset) ? undefined : word;
  };

  const ofBound = (name: string, offset: number): Type | undefined => {
    const meaning = scopes.meaningOf(name, offset);
    if (rules.bareMembers && mayBeInherited({ name, offset, owner: meaning?.owner }, names, scopes))
      return undefined;
    const seen = isExact ? visibleNames(offset).find((binding) => binding.name === name) : undefined;
    if (strict && !isCertain(name, seen, meaning)) return undefined;
    if (!meaning) return facts.opaque ? undefined : declared(names.unbound(name));
    return isUnbound(meaning) ? undefined : ofSources(meaning.sources, seen);
  };

  /** Whether the function around a word asks which instance it is. */
  const isTestedAt = (name: string, offset: number): boolean => {
    const [inside] = scopes.around(offset);
    return inside !== undefined && isUnseen(name, codeAt(subject, facts.symbols[inside]!.span), rules);
  };

  /** Of the words for the instance, its class and what that extends; `none` for any other. */
  const ofWord = (name: string, offset: number): Type | undefined | 'none' => {
    if (name === rules.receiver) return receiverAt(offset, subject, names, scopes);
    if (rules.writtenReceiver !== undefined && rules.self.includes(name)) {
      const own = receiverAt(offset, subject, names, scopes);
      return own?.kind === 'instance' ? { kind: 'class', of: own.of } : undefined;
    }
    const isBase = name === rules.base && rules.receiver !== undefined;
    return isBase ? baseAt(offset, subject, names, scopes) : 'none';
  };

  /** Whether a name is what facts say, and nothing in the code that sees it makes something else of it. */
  const isCertain = (name: string, seen: Binding | undefined, meaning: Meaning | undefined): boolean => {
    if (isExact && !isAsSeen(seen, meaning?.sources)) return false;
    if (!meaning || isFixed(meaning)) return true;
    const { within, owner } = meaning;
    const seenBy = within ?? (owner === undefined ? undefined : facts.symbols[owner]!.span);
    return !isUnseen(name, codeAt(subject, seenBy ?? { start: 0, end: text.length }), rules);
  };

  /** Whether all that a name is are functions, classes and modules, which no test makes something else of. */
  const isFixed = ({ sources }: Meaning): boolean =>
    rules.fixedMembers === true &&
    rules.structural !== undefined &&
    sources.every((source) => {
      if (source.kind === 'symbol') return true;
      const found = source.kind === 'imported' ? names.ofSource(source) : undefined;
      return found?.every(({ kind }) => kind !== 'variable' && kind !== 'constant') === true;
    });

  /** Called in the body of its class, a method has no receiver yet. */
  const isUnbound = ({ owner, sources }: Meaning): boolean =>
    !rules.bareMembers &&
    owner !== undefined &&
    isClass(names.declared.at(owner)) &&
    sources.some(({ kind }) => kind === 'symbol');

  /** @param seen which of them the scopes find, where they were asked. */
  const ofSources = (sources: readonly Source[], seen: Binding | undefined): Type | undefined => {
    if (sources.every(({ kind }) => kind === 'symbol')) {
      const all = [...new Set(sources.flatMap((source) => names.ofSource(source) ?? []))];
      return declared(rules.bareMembers ? all.filter(isClass) : all);
    }
    // What is declared with a type keeps it, whatever is assigned; another one of the name in a block within need not have it.
    const typed = rules.fixedMembers && !rules.openMembers ? sources.filter(isTyped) : [];
    const meant = seen ? typed.filter((one) => binds(one, seen)) : typed;
    if (meant.length > 0) return join(meant.map(ofSource));
    const others = sources.filter((one) => !isAugmented(one));
    const type = join(others.map(ofSource));
    return others.length === sources.length || staysWhatItIs(type) ? type : undefined;
  };

  const staysWhatItIs = (type: Type | undefined): boolean =>
    type?.kind === 'instance' && Object.hasOwn(rules.elements, type.of.name);

  /** Whether the scopes find the same binding as the facts do. */
  const isAsSeen = (seen: Binding | undefined, sources: readonly Source[] | undefined): boolean =>
    seen
      ? sources?.some((one) => binds(one, seen)) === true
      : // What a package calls itself is not always told by the import.
        sources === undefined || sources.every(({ kind }) => kind === 'imported');

  /** What a name is by one of its sources; `undefined` where that asks for the name itself. */
  const ofSource = (source: Source): Type | undefined => {
    if (busy.has(source)) return undefined;
    busy.add(source);
    const type = ofSourceAlone(source);
    busy.delete(source);
    return type;
  };
  const busy = new Set<Source>();
  const ofSourceAlone = (source: Source): Type | undefined => {
    if (source.kind === 'symbol' || source.kind === 'imported') return declared(names.ofSource(source));
    if (source.kind === 'parameter') return ofParameter(source);
    if (source.kind === 'given') return ofGiven(source);
    if (source.kind === 'receiver') return objectOf(source, subject, names, readHere);
    return ofAssignment(source.assignment);
  };

  const ofParameter = ({ index, parameter }: Extract<Source, { kind: 'parameter' }>): Type | undefined => {
    const symbol = facts.symbols[index]!;
    if (symbol.parameters?.[0] === parameter && takesReceiver(symbol, facts, rules))
      return ofReceiver(symbol, parameter);
    if (parameter.type && /\[\s*\]$/.test(text.slice(parameter.type.end, parameter.span.end)))
      return undefined;
    const left = Object.hasOwn(rules.left, parameter.kind) ? rules.left[parameter.kind] : undefined;
    if (left !== undefined) return ofLeft(left, parameter);
    // Where types say what a value has, what is left is written as the list that it is.
    const isPlain = rules.structural !== undefined || !/rest$/.test(parameter.kind);
    if (!parameter.type || !isPlain) return undefined;
    return writtenHere(parameter.type);
  };

  const ofReceiver = (
    { container, name, modifiers }: SymbolFact,
    parameter: ParameterFact,
  ): Type | undefined => {
    const owner = names.declared.at(container!);
    // A function in a class that calls its object otherwise may be there for who calls it by the class.
    const isNamedSo = rules.receiverNames === undefined || matches(rules.receiverNames, parameter.name);
    if (!isClass(owner) || !isNamedSo) return undefined;
    return isOneOf({ name, modifiers }, rules.onClass)
      ? { kind: 'class', of: owner }
      : { kind: 'instance', of: owner, arguments: [] };
  };

  /** What a parameter holds that takes all that is left: by name, the type that is written is that of the values. */
  const ofLeft = (name: string, { kind, type }: ParameterFact): Type | undefined => {
    const of = names.builtin(name);
    const each = type && writtenHere(type);
    return of && { kind: 'instance', of, arguments: kind === 'keyword-rest' ? [undefined, each] : [] };
  };

  return { ofName };
}
