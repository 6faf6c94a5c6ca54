// What functions, fields and variables of a file are that have no written type: from what they give back and are set to.
import type { Declaration } from '../../core/declarations.ts';
import type { SymbolFact } from '../../core/facts.ts';
import { isClass } from '../../core/inheritance.ts';
import type { Span } from '../../core/span.ts';
import type { Subject } from '../check.ts';
import type { Fields } from './fields.ts';
import { innermostOf } from './locals.ts';
import type { Names } from './names.ts';
import { returnedBy } from './returns.ts';
import type { Scopes } from './scopes.ts';
import { alternatives, join, type Type } from './type.ts';

export interface Unwritten {
  /** What a call of a function of this file gives. */
  resultOf(declaration: Declaration, by: Type | undefined): Type | undefined;
  fieldOf(declaration: Declaration): Type | undefined;
  /** What a name of the top level is. */
  valueOf(declaration: Declaration): Type | undefined;
}

interface UnwrittenOptions {
  readonly subject: Subject;
  readonly names: Names;
  readonly scopes: Scopes;
  readonly fields: Fields;
  readonly typeOf: (span: Span) => Type | undefined;
  readonly ofName: (name: string, offset: number) => Type | undefined;
}

export function createUnwritten({
  subject,
  names,
  scopes,
  fields,
  typeOf,
  ofName,
}: UnwrittenOptions): Unwritten {
  const { text, facts } = subject;
  const { rules } = names;
  const busy = new Set<number>();

  /** Whether it is a function without a name, within this one, that gives something back there. */
  const isInValue = (offset: number, { body }: SymbolFact): boolean => {
    const inside = innermostOf(facts.functions, offset);
    return inside !== undefined && body !== undefined && inside.body.start > body.start;
  };
  const returned = (index: number): Type | undefined => {
    const symbol = facts.symbols[index]!;
    const isOwn = (offset: number): boolean =>
      scopes.around(offset)[0] === index && !isInValue(offset, symbol);
    const all = returnedBy(symbol, text, facts, rules, isOwn);
    const type = all && join(all.map(typeOf));
    return type && alternatives(type).length > 0 ? type : undefined;
  };

  return {
    resultOf(declaration, by) {
      const index = names.indexOf(declaration);
      if (index === undefined || busy.has(index)) return undefined;
      busy.add(index);
      try {
        const type = returned(index);
        const { container } = facts.symbols[index]!;
        const owner = container === undefined ? undefined : names.declared.at(container);
        if (!owner || !isClass(owner)) return type;
        // Classes that extend it may give back anything else than themselves.
        if (type?.kind !== 'instance' || type.of !== owner) return undefined;
        return by?.kind === 'class' ? { kind: 'instance', of: by.of, arguments: [] } : (by ?? type);
      } finally {
        busy.delete(index);
      }
    },
    fieldOf({ kind, name, place, type }) {
      if (!place || type !== undefined || (kind !== 'field' && kind !== 'variable' && kind !== 'constant'))
        return undefined;
      const index = names.indexOf({ place } as Declaration);
      const container =
        index === undefined ? scopes.around(place.span.start)[0] : facts.symbols[index]!.container;
      const owner = container === undefined ? undefined : names.declared.at(container);
      return owner && isClass(owner)
        ? fields.typeOf({ kind: 'instance', of: owner, arguments: [] }, name)
        : undefined;
    },
    valueOf({ kind, name, place, modifiers }) {
      if (!place || (kind !== 'variable' && kind !== 'constant') || modifiers.includes('let'))
        return undefined;
      const { start } = place.span;
      // Of a package's names the project may still say what this text does not bind any more.
      const isBound = scopes.around(start).length === 0 && scopes.meaningOf(name, start) !== undefined;
      return isBound ? ofName(name, start) : undefined;
    },
  };
}
