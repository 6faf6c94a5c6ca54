// Which names a piece of a file binds and which it uses, worked out from the captures of a `scopes.scm` query. The
// captures are described in grammars/README.md; nothing here knows a language.
import type { Binding, NameUse } from '../../core/facts.ts';
import { type Span, spanText } from '../../core/span.ts';
import type { Capture, Match } from './captures.ts';
import { body, type Open, scopeAt, scopeFor } from './scopes-nesting.ts';
import { brokenRegions, definitionPrefix, inOrder, scopePrefix } from './scopes-order.ts';

export type ScopeKind =
  | 'file' | 'global' | 'function' | 'class' | 'block' | 'comprehension' | 'namespace' | 'header'; // biome-ignore format: a table

/** Spans in here are those that were read: a chunk can move in its file without being analysed again (scopes-merge.ts). */
export interface Scope {
  readonly kind: ScopeKind;
  readonly span: Span;
  readonly parent: Scope | undefined;
  /** By name; a name may be bound many times. */
  readonly bindings: Map<string, ScopeBinding[]>;
  /** Written types whose members are seen bare in it. */
  readonly bases: string[];
}

export interface ScopeBinding extends Binding {
  /** Whether it serves type uses only. */
  readonly typeOnly: boolean;
}

/** A use that no scope inside of the chunk binds: some other chunk may. */
export interface FreeUse extends NameUse {
  /** Whether it stands in a `@scope.namespace`, so that another block of the same namespace may bind it. */
  readonly inNamespace: boolean;
}

export interface ChunkScopes {
  /** What this chunk binds at the top of the file. */
  readonly file: Scope;
  /** All other scopes, outer before inner; headers excluded. */
  readonly scopes: readonly Scope[];
  readonly free: readonly FreeUse[];
  /** Start and end of each use, bound or not, in order: flat, since there are many. */
  readonly uses: readonly number[];
  /** Names assigned without a declaration. */
  readonly implicit: ReadonlySet<string>;
  /** Names whose existence is tested. */
  readonly guarded: ReadonlySet<string>;
  readonly namespaced: ReadonlySet<string>;
  /** ERROR and missing nodes: names on their lines may be bound there. */
  readonly broken: readonly Span[];
  /** Those of them with no scope around: what they make doubtful does not end with the chunk. */
  readonly loose: readonly Span[];
  readonly opaque: boolean;
  /** Names that make the file opaque unless something in it binds them. */
  readonly opaqueNames: ReadonlySet<string>;
  readonly module: boolean;
  readonly strict: boolean;
}

/** A use whose scope is known, looked up once all definitions are in place. */
interface Pending extends NameUse {
  readonly scope: Scope;
  /** Whether it is an assignment, which binds a global where nothing else is bound. */
  readonly binds: boolean;
}

/** Words of a text that could be names. */
export const words = /[\p{L}_$][\p{L}\p{N}_$]*/gu;

/** A chunk while it is read from its beginning to its end. */
interface Sweep {
  readonly text: string;
  readonly file: Scope;
  /** Scopes and regions around the present place, innermost last. */
  readonly open: Open[];
  readonly pending: Pending[];
  readonly result: {
    scopes: Scope[];
    free: FreeUse[];
    uses: number[];
    implicit: Set<string>;
    guarded: Set<string>;
    namespaced: Set<string>;
    loose: Span[];
    opaqueNames: Set<string>;
    opaque: boolean;
    module: boolean;
    strict: boolean;
  };
}

/**
 * Analyses one chunk.
 * @param matches of `scopes.scm` in the chunk, in any order.
 * @param text of the whole file.
 * @param broken spans of ERROR and missing nodes in the chunk.
 */
export function analyseScopes(
  matches: readonly Match[],
  text: string,
  broken: readonly Span[] = [],
): ChunkScopes {
  const file = newScope('file', { start: 0, end: text.length }, undefined);
  const sweep: Sweep = {
    text,
    file,
    open: [{ end: text.length, scope: file }],
    pending: [],
    result: {
      scopes: [],
      free: [],
      uses: [],
      implicit: new Set(),
      guarded: new Set(),
      namespaced: new Set(),
      loose: [],
      opaqueNames: new Set(),
      opaque: false,
      module: false,
      strict: false,
    },
  };
  const captures: Capture[] = [];
  for (const match of matches) for (const capture of match.captures) captures.push(capture);
  captures.push(...brokenRegions(captures, broken, sweep.result.loose));
  for (const capture of inOrder(captures)) {
    while (sweep.open.length > 1 && sweep.open.at(-1)!.end <= capture.span.start) sweep.open.pop();
    read(sweep, capture);
  }
  const { result } = sweep;
  const hasBases = [file, ...result.scopes].some(({ bases }) => bases.length > 0);
  const seen = new Map<Scope, readonly string[]>();
  for (const use of sweep.pending) {
    const { name, span, space, doubtful, scope, binds } = use;
    const { bound, inNamespace } = lookUp(use, scope);
    if (bound) continue;
    const through = hasBases ? basesSeen(scope, seen) : none;
    if (through.length > 0) result.free.push({ name, span, space, doubtful, inNamespace, through });
    else result.free.push({ name, span, space, doubtful, inNamespace });
    if (binds) result.implicit.add(name);
  }
  return { file, broken, ...result };
}

function read(sweep: Sweep, capture: Capture): void {
  const { text, file, open, result } = sweep;
  const { name: what, span } = capture;
  if (what === 'reference' || what === 'reference.type') {
    result.uses.push(span.start, span.end);
    use(sweep, capture);
    return;
  }
  if (what.startsWith(scopePrefix)) {
    const header = newScope('header', span, scopeAt(open));
    const scope = newScope(what.slice(scopePrefix.length) as ScopeKind, span, header);
    result.scopes.push(scope);
    open.push({ end: span.end, scope });
    return;
  }
  if (what.startsWith(definitionPrefix) && what !== 'definition.implicit') {
    define(sweep, capture);
    return;
  }
  switch (what) {
    case 'outer':
    case 'doubtful':
    case 'hoist':
      open.push({ end: span.end, region: what });
      break;
    case 'base':
      body(scopeAt(open)).bases.push(spanText(text, span));
      break;
    case 'opaque.unbound':
      result.opaqueNames.add(spanText(text, span));
      break;
    case 'opaque':
    case 'module':
    case 'strict':
      result[what] = true;
      break;
    case 'guard':
      result.guarded.add(unquoted(spanText(text, span)));
      break;
    case 'names':
      for (const name of declaredNames(spanText(text, span))) bind(file, name, span, 'variable', false);
      break;
    case 'definition.implicit':
      use(sweep, capture);
  }
}

function use({ text, open, pending }: Sweep, { name: what, span }: Capture): void {
  let doubtful = false;
  for (const { region } of open) if (region === 'doubtful') doubtful = true;
  pending.push({
    name: spanText(text, span),
    span,
    space: what === 'reference.type' ? 'type' : 'value',
    doubtful,
    scope: scopeAt(open),
    binds: what === 'definition.implicit',
  });
}

function define({ text, file, open, result }: Sweep, { name: what, span, properties }: Capture): void {
  const kind = what.slice(definitionPrefix.length);
  const scope = scopeFor(open, file, kind, properties?.in);
  const name = spanText(text, span);
  bind(scope, name, span, kind === 'namespace' ? 'class' : (kind as Binding['kind']), kind === 'type');
  if (scope.kind === 'namespace') result.namespaced.add(name);
}

/** Whether a binding may serve a use: a type exists for type uses only, anything else for both. */
const serves = (binding: ScopeBinding, space: NameUse['space']): boolean =>
  space === 'type' || !binding.typeOnly;

/**
 * The scopes that code standing directly in `scope` sees, innermost first, the file's last: of classes, only the one
 * it stands in directly, since methods and nested classes do not see a class's names bare.
 */
export function* visibleScopes(scope: Scope): Generator<Scope> {
  let crossed = false;
  for (let at: Scope | undefined = scope; at; at = at.parent) {
    if (at.kind !== 'class' || !crossed) yield at;
    if (at.kind === 'class' || at.kind === 'function' || at.kind === 'comprehension') crossed = true;
  }
}

const none: readonly string[] = [];

/** Bases of all scopes that `scope` sees, found once for all uses in it. */
function basesSeen(scope: Scope, known: Map<Scope, readonly string[]>): readonly string[] {
  let bases = known.get(scope);
  if (!bases) {
    const found: string[] = [];
    for (const one of visibleScopes(scope)) found.push(...one.bases);
    bases = found;
    known.set(scope, bases);
  }
  return bases;
}

const boundInside = { bound: true, inNamespace: false };

function lookUp(use: NameUse, from: Scope): { readonly bound: boolean; readonly inNamespace: boolean } {
  let inNamespace = false;
  let crossed = false;
  // As `visibleScopes` goes, without the cost of a generator for each of thousands of uses.
  for (let at: Scope | undefined = from; at && at.kind !== 'file'; at = at.parent) {
    if (at.kind !== 'class' || !crossed) {
      const bindings = at.bindings.get(use.name);
      if (bindings?.some((binding) => serves(binding, use.space))) return boundInside;
      if (at.kind === 'namespace') inNamespace = true;
    }
    if (at.kind === 'class' || at.kind === 'function' || at.kind === 'comprehension') crossed = true;
  }
  return { bound: false, inNamespace };
}

const newScope = (kind: ScopeKind, span: Span, parent: Scope | undefined): Scope => ({
  kind,
  span,
  parent,
  bindings: new Map(),
  bases: [],
});

function bind(scope: Scope, name: string, span: Span, kind: Binding['kind'], typeOnly: boolean): void {
  const binding = { name, span, kind, typeOnly };
  const known = scope.bindings.get(name);
  if (known) known.push(binding);
  else scope.bindings.set(name, [binding]);
}

/** `/* global a, b:writable *\/` → a, b. */
const declaredNames = (comment: string): string[] =>
  (comment.replace(/:\s*\w+/g, ' ').match(words) ?? []).slice(1);

const unquoted = (name: string): string => name.replace(/^["'`]|["'`]$/g, '');
