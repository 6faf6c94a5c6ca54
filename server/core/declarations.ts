// What can be imported or asked of a value, wherever it is declared: a workspace file, an installed package, data that
// came with vouch. Texts are as written in the declaring file, cut to what a caller must know.
import type { ParameterFact, SymbolKind } from './facts.ts';
import type { Span } from './span.ts';

export interface Parameter extends Omit<ParameterFact, 'span' | 'type'> {
  /** The written type. */
  readonly type?: string;
}

export interface Declaration {
  readonly name: string;
  readonly kind: SymbolKind;
  /** `def loads(s: str | bytes, *, cls: type | None = None) -> Any` */
  readonly signature: string;
  /** Without the receiver. Absent where it cannot be called or where that is not known. */
  readonly parameters?: readonly Parameter[];
  /** The written type of what it returns, or of what it is. */
  readonly type?: string;
  readonly bases?: readonly string[];
  /** As in `SymbolFact`. */
  readonly modifiers: readonly string[];
  /** First paragraph of its documentation. */
  readonly doc?: string;
  /** The module that declares it, as it is named from outside of the workspace; its types are to be read there. */
  readonly module: string;
  /** Where its source is; absent for data that came with vouch. */
  readonly place?: { readonly path: string; readonly span: Span };
}

export interface Declarations {
  /** By name; several where it is overloaded or declared by condition. */
  readonly byName: ReadonlyMap<string, readonly Declaration[]>;
  /**
   * Whether there is nothing else: no wildcard that could not be followed, no base that is not known, no
   * `__getattr__`, no index signature, no code that adds names as it runs.
   */
  readonly complete: boolean;
}
