// Facts of a chunk as facts of its file: all their spans, moved by where the chunk begins.
import type {
  AssignmentFact,
  CallFact,
  ExportFact,
  FunctionFact,
  ImportFact,
  MemberFact,
} from '../../core/facts.ts';
import type { Span } from '../../core/span.ts';
import type { ChunkComment } from './comments.ts';
import type { ChunkSymbol } from './symbols.ts';

export const move = ({ start, end }: Span, by: number): Span => ({ start: start + by, end: end + by });

export const moveSymbol = (symbol: ChunkSymbol, by: number): ChunkSymbol => ({
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

export const moveComment = (comment: ChunkComment, by: number): ChunkComment => ({
  ...comment,
  span: move(comment.span, by),
});

export const moveImport = (one: ImportFact, by: number): ImportFact => ({
  ...one,
  span: move(one.span, by),
  moduleSpan: move(one.moduleSpan, by),
  names: one.names.map((name) => ({ ...name, span: move(name.span, by) })),
});

export const moveExport = (one: ExportFact, by: number): ExportFact => ({ ...one, span: move(one.span, by) });

export const moveCall = (one: CallFact, by: number): CallFact => ({
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

export const moveMember = (one: MemberFact, by: number): MemberFact => ({
  span: move(one.span, by),
  receiver: move(one.receiver, by),
  name: one.name,
  nameSpan: move(one.nameSpan, by),
  access: one.access,
  doubtful: one.doubtful,
});

export const moveAssignment = (one: AssignmentFact, by: number): AssignmentFact => ({
  ...one,
  span: move(one.span, by),
  target: move(one.target, by),
  ...(one.value && { value: move(one.value, by) }),
  ...(one.type && { type: move(one.type, by) }),
});

export const moveFunction = (one: FunctionFact, by: number): FunctionFact => ({
  span: move(one.span, by),
  parameters: move(one.parameters, by),
  body: move(one.body, by),
  ...(one.returns && { returns: move(one.returns, by) }),
});
