// Which names the functions, classes and top level of a file bind, by its facts. Quick and a little coarse: what scopes
// within a function bind counts as bound in the function, and lambdas are not seen.
import type {
  AssignmentFact,
  FileFacts,
  FunctionFact,
  ImportedName,
  ImportFact,
  ParameterFact,
} from '../../core/facts.ts';
import { contains, type Span } from '../../core/span.ts';
import type { TypeRules } from '../../core/type-rules.ts';

/** A way in which a name gets its value. */
export type Source =
  | { readonly kind: 'symbol'; readonly index: number; readonly span: Span }
  | {
      readonly kind: 'parameter';
      readonly index: number;
      readonly parameter: ParameterFact;
      readonly span: Span;
    }
  /** Of a function that is a value. */
  | {
      readonly kind: 'given';
      readonly of: FunctionFact;
      readonly index: number;
      /** The member that is taken out of what is given; `null` where that is not followed. */
      readonly member?: string | null;
      /** The written type of what is given. */
      readonly type?: Span;
      readonly span: Span;
    }
  /** What a method calls its object. */
  | { readonly kind: 'receiver'; readonly index: number; readonly span: Span }
  | { readonly kind: 'assigned'; readonly assignment: AssignmentFact; readonly span: Span }
  | {
      readonly kind: 'imported';
      readonly from: ImportFact;
      readonly name?: ImportedName;
      readonly span: Span;
    };

export interface Meaning {
  readonly sources: readonly Source[];
  /** The function or class that binds it; absent for the top level. */
  readonly owner?: number;
  /** All of the code that sees it, where that is less than all of its owner. */
  readonly within?: Span;
}

export interface Scopes {
  meaningOf(name: string, offset: number): Meaning | undefined;
  /** Functions and classes around an offset, innermost first, as places in the symbols. */
  around(offset: number): readonly number[];
}

const functions = new Set(['function', 'method', 'constructor']);
const classes = new Set(['class', 'interface', 'enum', 'module']);
const topLevel = -1;

const made = new WeakMap<FileFacts, Scopes>();

/**
 * Kept for as long as the facts are.
 * @param text that the facts are of.
 */
export function createScopes(facts: FileFacts, text: string, rules: TypeRules): Scopes {
  const known = made.get(facts);
  if (known) return known;
  const scopes = scopesOf(facts, text, rules);
  made.set(facts, scopes);
  return scopes;
}

function scopesOf(facts: FileFacts, text: string, rules: TypeRules): Scopes {
  const { assignsOutward } = rules;
  const { symbols } = facts;
  const isScope = (index: number): boolean =>
    functions.has(symbols[index]!.kind) || classes.has(symbols[index]!.kind);
  // A field that a method sets belongs to the class, and would lead past the method.
  const ordered = symbols.flatMap((_, index) => (isScope(index) ? [index] : []));
  const scopes = new Map<number, Map<string, Source[]>>();

  const innermost = (offset: number): number => {
    let low = 0;
    let high = ordered.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (symbols[ordered[middle]!]!.span.start <= offset) low = middle + 1;
      else high = middle;
    }
    // Decorators, defaults and written types are looked up around the function.
    for (let at = ordered[low - 1]; at !== undefined; at = symbols[at]!.container) {
      const { body, span } = symbols[at]!;
      if (isScope(at) && body && body.start <= offset && offset <= span.end) return at;
    }
    return topLevel;
  };
  const bind = (scope: number, name: string, source: Source): void => {
    const names = scopes.get(scope) ?? new Map<string, Source[]>();
    scopes.set(scope, names);
    const list = names.get(name);
    if (list) list.push(source);
    else names.set(name, [source]);
  };
  for (const [index, symbol] of symbols.entries()) {
    if (!isScope(index) && symbol.kind !== 'type') continue;
    // What makes instances is called by the name of its class, which means the class.
    const isUnnamed = rules.bareMembers === true && symbol.kind === 'constructor';
    if (symbol.owner === undefined && !isUnnamed)
      bind(symbol.container ?? topLevel, symbol.name, { kind: 'symbol', index, span: symbol.nameSpan });
    const { receiver } = symbol;
    if (receiver)
      bind(index, text.slice(receiver.start, receiver.end), { kind: 'receiver', index, span: receiver });
    for (const parameter of symbol.parameters ?? []) {
      bind(index, parameter.name, { kind: 'parameter', index, parameter, span: parameter.span });
    }
  }
  const assigned = new Map<string, Source[]>();
  for (const assignment of facts.assignments) {
    const { name, target } = assignment;
    if (name !== undefined && assignsOutward) {
      const source: Source = { kind: 'assigned', assignment, span: target };
      const list = assigned.get(name);
      if (list) list.push(source);
      else assigned.set(name, [source]);
    }
    if (name !== undefined)
      bind(innermost(target.start), name, { kind: 'assigned', assignment, span: target });
  }
  for (const from of facts.imports) {
    const scope = innermost(from.span.start);
    if (from.namespace !== undefined)
      bind(scope, from.namespace, { kind: 'imported', from, span: from.span });
    for (const name of from.names) bind(scope, name.local, { kind: 'imported', from, name, span: from.span });
  }

  /** Also what functions within assign to the name: some of them may have another one of that name, which costs an answer. */
  const withInner = (name: string, owner: number, sources: readonly Source[]): readonly Source[] => {
    const place = symbols[owner]?.span;
    const all = assigned.get(name)?.filter(({ span }) => !place || contains(place, span));
    return all ? [...sources.filter(({ kind }) => kind !== 'assigned'), ...all] : sources;
  };
  const chains = new Map<number, readonly number[]>();
  const around = (offset: number): readonly number[] => {
    const inside = innermost(offset);
    const known = chains.get(inside);
    if (known) return known;
    const found: number[] = [];
    for (let at = inside; at !== topLevel; ) {
      found.push(at);
      let outer = symbols[at]!.container;
      while (outer !== undefined && !isScope(outer)) outer = symbols[outer]!.container;
      at = outer ?? topLevel;
    }
    chains.set(inside, found);
    return found;
  };

  return {
    around,
    meaningOf(name, offset) {
      const chain = around(offset);
      for (const [depth, owner] of chain.entries()) {
        // What a class binds is seen in its own body only, in most languages.
        if (depth > 0 && !rules.bareMembers && classes.has(symbols[owner]!.kind)) continue;
        const sources = scopes.get(owner)?.get(name);
        if (sources) return { sources: withInner(name, owner, sources), owner };
      }
      const sources = scopes.get(topLevel)?.get(name);
      return sources && { sources: withInner(name, topLevel, sources) };
    },
  };
}
