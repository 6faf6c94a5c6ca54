// What a name is, by all that binds it where it stands.
import type { Declaration } from '../../core/declarations.ts';
import type { AssignmentFact, ParameterFact } from '../../core/facts.ts';
import { isClass } from '../../core/inheritance.ts';
import { type Span, spanText } from '../../core/span.ts';
import type { Subject } from '../check.ts';
import { groundsOf } from '../memory.ts';
import { mayBeInherited } from './bare.ts';
import { isUnseen } from './doubts.ts';
import { meaningsIn } from './locals.ts';
import type { Names } from './names.ts';
import { baseAt, isOneOf, objectOf, receiverAt } from './receiver.ts';
import type { Scopes, Source } from './scopes.ts';
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

export function createNamed(options: NamedOptions): Named {
  const { subject, names, scopes, strict, declared, readHere, ofAssignment, ofGiven } = options;
  const { text, facts, visibleNames } = subject;
  const { rules } = names;
  const { restOn } = groundsOf(subject);
  const meaningOf = rules.structural ? meaningsIn(facts, text, scopes) : scopes.meaningOf;

  const writtenHere = (span: Span): Type | undefined => readHere(spanText(text, span), span.start);

  const ofName = (name: string, offset: number): Type | undefined => {
    if (name === rules.receiver) return receiverAt(offset, subject, names, scopes);
    if (rules.writtenReceiver !== undefined && rules.self.includes(name)) {
      const own = receiverAt(offset, subject, names, scopes);
      return own?.kind === 'instance' ? { kind: 'class', of: own.of } : undefined;
    }
    if (name === rules.base && rules.receiver !== undefined) return baseAt(offset, subject, names, scopes);
    const meaning = meaningOf(name, offset);
    if (rules.bareMembers && mayBeInherited({ name, offset, owner: meaning?.owner }, names, scopes))
      return undefined;
    if (strict && !isAsSeen(name, offset, meaning?.sources)) return undefined;
    if (!meaning) {
      return facts.opaque ? undefined : declared(names.unbound(name));
    }
    const { sources, owner, within } = meaning;
    if (
      strict &&
      isUnseen(
        name,
        within || owner !== undefined ? spanText(text, within ?? facts.symbols[owner!]!.span) : text,
        rules,
      )
    ) {
      return undefined;
    }
    // Called in the body of its class, a method has no receiver yet.
    if (
      !rules.bareMembers &&
      owner !== undefined &&
      isClass(names.declared.at(owner)) &&
      sources.some(({ kind }) => kind === 'symbol')
    )
      return undefined;
    if (sources.every(({ kind }) => kind === 'symbol')) {
      const all = [...new Set(sources.flatMap((source) => names.ofSource(source) ?? []))];
      return declared(rules.bareMembers ? all.filter(isClass) : all);
    }
    const augments = sources.filter((one) => one.kind === 'assigned' && one.assignment.kind === 'augment');
    const typed = sources.filter(
      (one) =>
        one.kind === 'parameter' ||
        (one.kind === 'given' && one.type) ||
        (one.kind === 'assigned' && one.assignment.type),
    );
    if (rules.fixedMembers && !rules.openMembers && typed.length > 0) return join(typed.map(ofSource));
    const type = join(sources.filter((one) => !augments.includes(one)).map(ofSource));
    return augments.length === 0 || staysWhatItIs(type) ? type : undefined;
  };

  const staysWhatItIs = (type: Type | undefined): boolean =>
    type?.kind === 'instance' && Object.hasOwn(rules.elements, type.of.name);

  /** Whether the scopes find the same binding as the facts do. */
  const isAsSeen = (name: string, offset: number, sources: readonly Source[] | undefined): boolean => {
    if (subject.earlier) return true;
    const seen = visibleNames(offset).find((binding) => binding.name === name);
    // What a package calls itself is not always told by the import.
    if (!seen) return sources === undefined || sources.every(({ kind }) => kind === 'imported');
    return sources?.some(({ span }) => span.start <= seen.span.start && seen.span.end <= span.end) === true;
  };

  const ofSource = (source: Source): Type | undefined => {
    restOn(source.span.start);
    if (source.kind === 'symbol' || source.kind === 'imported') return declared(names.ofSource(source));
    if (source.kind === 'parameter') return ofParameter(source);
    if (source.kind === 'given') return ofGiven(source);
    if (source.kind === 'receiver') return objectOf(source, subject, names, readHere);
    return ofAssignment(source.assignment);
  };

  const ofParameter = ({ index, parameter }: Extract<Source, { kind: 'parameter' }>): Type | undefined => {
    const symbol = facts.symbols[index]!;
    const owner = symbol.container === undefined ? undefined : names.declared.at(symbol.container);
    const isMethod = owner !== undefined && isClass(owner) && rules.receiver === undefined;
    if (isMethod && symbol.parameters?.[0] === parameter && !isOneOf(symbol, rules.onNothing)) {
      return isOneOf(symbol, rules.onClass)
        ? { kind: 'class', of: owner }
        : { kind: 'instance', of: owner, arguments: [] };
    }
    if (parameter.type && /\[\s*\]$/.test(text.slice(parameter.type.end, parameter.span.end)))
      return undefined;
    const left = Object.hasOwn(rules.left, parameter.kind) ? rules.left[parameter.kind] : undefined;
    if (left !== undefined) return ofLeft(left, parameter);
    if (!parameter.type || parameter.kind === 'rest' || parameter.kind === 'keyword-rest') return undefined;
    return writtenHere(parameter.type);
  };

  /** What a parameter holds that takes all that is left: by name, the type that is written is that of the values. */
  const ofLeft = (name: string, { kind, type }: ParameterFact): Type | undefined => {
    const of = names.builtin(name);
    const each = type && writtenHere(type);
    return of && { kind: 'instance', of, arguments: kind === 'keyword-rest' ? [undefined, each] : [] };
  };

  return { ofName };
}
