// How types are read that are written: here, and where a declaration stands.
import type { Declaration } from '../../core/declarations.ts';
import type { CallFact } from '../../core/facts.ts';
import { type Span, spanText } from '../../core/span.ts';
import type { Subject } from '../check.ts';
import { boundBy } from './generics.ts';
import type { Names } from './names.ts';
import { readerOf } from './structure.ts';
import type { Type } from './type.ts';
import { isParameterOf, typeParametersOf } from './type-parameters.ts';
import { type Reader, readType } from './written.ts';

interface ReadersOptions {
  readonly subject: Subject;
  readonly names: Names;
  ofName(name: string, offset: number): Type | undefined;
  /** What the use of a declared name is. */
  declared(all: readonly Declaration[] | undefined): Type | undefined;
  /** What a call makes of a type parameter of the function that it calls. */
  solvedBy(name: string, from: Declaration, call: CallFact): Type | undefined;
}

export interface Readers {
  readHere(type: string, offset: number): Type | undefined;
  writtenHere(span: Span): Type | undefined;
  /**
   * @param by what the declaration is a member of, where it is read of a value.
   * @param call the call that binds its type parameters, where it is called.
   */
  writtenAs(type: string, from: Declaration, by: Type | undefined, call?: CallFact): Type | undefined;
  /** The written type of a declaration, read where it stands. */
  written(declaration: Declaration, by: Type | undefined, call?: CallFact): Type | undefined;
}

export function createReaders({ subject, names, ofName, declared, solvedBy }: ReadersOptions): Readers {
  const { text } = subject;
  const { rules } = names;

  const writtenHere = (span: Span): Type | undefined => readHere(spanText(text, span), span.start);
  const readHere = (type: string, offset: number): Type | undefined =>
    readType(type, {
      rules,
      meaning: (name) => names.meaningAt(name, offset),
      builtin: names.builtin,
      ...(rules.structural && {
        ...context,
        isParameter: (name: string) => parametersHere().has(name),
        from: { module: '', place: { path: subject.path, span: { start: offset, end: offset } } },
        valueNamed: (name: string) => (/^[\w$]+$/.test(name) ? ofName(name, offset) : undefined),
      }),
    });
  /** Names of all type parameters in the file: what one of them is, nobody knows where it is used. */
  let ownParameters: ReadonlySet<string> | undefined;
  const parametersHere = (): ReadonlySet<string> => {
    ownParameters ??= typeParametersOf(subject);
    return ownParameters;
  };
  const within = (from: Declaration, bound: ReadonlyMap<string, Type | undefined>): Reader => ({
    rules,
    meaning: (name) => names.meaning(name, from),
    builtin: names.builtin,
    ...context,
    from,
    isParameter: (name) => bound.has(name),
    bound: (name) => bound.get(name),
    valueNamed: (name) => declared(names.meaning(name, from)),
  });
  const context = { membersOf: names.membersOf, within };

  const written = (declaration: Declaration, by: Type | undefined, call?: CallFact): Type | undefined =>
    declaration.type === undefined ? undefined : writtenAs(declaration.type, declaration, by, call);
  const writtenAs = (
    type: string,
    from: Declaration,
    by: Type | undefined,
    call?: CallFact,
  ): Type | undefined =>
    readType(
      type,
      readerOf(from) ?? {
        rules,
        meaning: (name) => names.meaning(name, from),
        builtin: names.builtin,
        ...(rules.structural && {
          ...context,
          from,
          isParameter: (name: string) => isParameterOf(name, from, by, names),
          valueNamed: (name: string) => declared(names.meaning(name, from)),
        }),
        bound: (name) => {
          const given = by?.kind === 'instance' ? boundBy(by, from, names) : undefined;
          return given?.get(name) ?? (call && solvedBy(name, from, call));
        },
        self: by?.kind === 'class' ? { kind: 'instance', of: by.of, arguments: [] } : by,
      },
    );

  return { readHere, writtenHere, writtenAs, written };
}
