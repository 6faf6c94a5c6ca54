// Facts of a chunk that has moved: all their spans, by how far.
import type { AssignmentFact, CallFact, FunctionFact, ImportFact, MemberFact } from '../../core/facts.ts';
import type { Span } from '../../core/span.ts';
import type { ChunkFacts } from './chunk-facts.ts';
import type { ChunkSymbol } from './symbols.ts';

export const move = ({ start, end }: Span, by: number): Span => ({ start: start + by, end: end + by });

const moveSymbol = (symbol: ChunkSymbol, by: number): ChunkSymbol => ({
  ...symbol,
  span: move(symbol.span, by),
  nameSpan: move(symbol.nameSpan, by),
  signature: move(symbol.signature, by),
  ...(symbol.body && { body: move(symbol.body, by) }),
  ...(symbol.doc && { doc: move(symbol.doc, by) }),
  ...(symbol.parameters && {
    parameters: symbol.parameters.map((parameter) => ({
      ...parameter,
      span: move(parameter.span, by),
      ...(parameter.type && { type: move(parameter.type, by) }),
    })),
  }),
  ...(symbol.receiver && { receiver: move(symbol.receiver, by) }),
  ...(symbol.returns && { returns: move(symbol.returns, by) }),
  ...(symbol.type && { type: move(symbol.type, by) }),
  ...(symbol.value && { value: move(symbol.value, by) }),
  ...(symbol.bases && { bases: symbol.bases.map((base) => move(base, by)) }),
});

const moveImport = (one: ImportFact, by: number): ImportFact => ({
  ...one,
  span: move(one.span, by),
  moduleSpan: move(one.moduleSpan, by),
  names: one.names.map((name) => ({ ...name, span: move(name.span, by) })),
});

const moveSpan = <T extends { readonly span: Span }>(one: T, by: number): T => ({
  ...one,
  span: move(one.span, by),
});

const moveCall = (one: CallFact, by: number): CallFact => ({
  span: move(one.span, by),
  name: one.name,
  nameSpan: move(one.nameSpan, by),
  ...(one.receiver && { receiver: move(one.receiver, by) }),
  arguments: one.arguments.map((argument) => ({
    span: move(argument.span, by),
    value: move(argument.value, by),
    ...(argument.keyword !== undefined && { keyword: argument.keyword }),
    spread: argument.spread,
  })),
});

const moveMember = (one: MemberFact, by: number): MemberFact => ({
  span: move(one.span, by),
  receiver: move(one.receiver, by),
  name: one.name,
  nameSpan: move(one.nameSpan, by),
  access: one.access,
  doubtful: one.doubtful,
});

const moveAssignment = (one: AssignmentFact, by: number): AssignmentFact => ({
  ...one,
  span: move(one.span, by),
  target: move(one.target, by),
  ...(one.value && { value: move(one.value, by) }),
  ...(one.type && { type: move(one.type, by) }),
});

const moveFunction = (one: FunctionFact, by: number): FunctionFact => ({
  span: move(one.span, by),
  parameters: move(one.parameters, by),
  body: move(one.body, by),
  ...(one.returns && { returns: move(one.returns, by) }),
});

/** Kinds of facts that are moved; scopes are read where they were. */
export type MovedKind = Exclude<keyof ChunkFacts, 'scopes'>;

export const movers: {
  readonly [Kind in MovedKind]: (facts: ChunkFacts[Kind], by: number) => ChunkFacts[Kind];
} = {
  symbols: ({ symbols, attributes }, by) => ({
    symbols: symbols.map((one) => moveSymbol(one, by)),
    attributes: attributes.map((one) => move(one, by)),
  }),
  imports: (all, by) => all.map((one) => moveImport(one, by)),
  exports: (all, by) => all.map((one) => moveSpan(one, by)),
  calls: (all, by) => all.map((one) => moveCall(one, by)),
  members: ({ members, guarded }, by) => ({ members: members.map((one) => moveMember(one, by)), guarded }),
  assignments: ({ assignments, functions }, by) => ({
    assignments: assignments.map((one) => moveAssignment(one, by)),
    functions: functions.map((one) => moveFunction(one, by)),
  }),
  comments: (all, by) => all.map((one) => moveSpan(one, by)),
  strings: (all, by) => all.map((one) => move(one, by)),
  blocks: (all, by) => all.map(({ span, body }) => ({ span: move(span, by), body: move(body, by) })),
  errors: (all, by) => all.map((one) => moveSpan(one, by)),
  forbidden: (all, by) => all.map((one) => moveSpan(one, by)),
};
