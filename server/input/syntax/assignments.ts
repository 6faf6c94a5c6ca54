// Captures of assignments.scm → places where a target gets a value, and functions that are values.
import type { AssignmentFact, FunctionFact } from '../../core/facts.ts';
import { contains, type Span } from '../../core/span.ts';
import { captureNamed, type Match, placeOf, spansNamed } from './captures.ts';

const prefix = 'assignment.';
const plainName = /^[\p{L}_$][\p{L}\p{N}_$]*$/u;

interface Statement {
  readonly kind: AssignmentFact['kind'];
  readonly span: Span;
  readonly value?: Span;
  readonly type?: Span;
}

export interface ChunkAssignments {
  readonly assignments: readonly AssignmentFact[];
  readonly functions: readonly FunctionFact[];
}

export const readAssignments = (matches: readonly Match[], text: string): ChunkAssignments => ({
  assignments: readTargets(matches, text),
  functions: readFunctions(matches),
});

/** One that has a written result is found a second time without it. */
function readFunctions(matches: readonly Match[]): FunctionFact[] {
  const found = new Map<number, FunctionFact>();
  for (const one of matches.flatMap(readFunction)) {
    const place = placeOf(one.span);
    if (one.returns || !found.has(place)) found.set(place, one);
  }
  return [...found.values()].sort((a, b) => a.span.start - b.span.start);
}

function readFunction(match: Match): FunctionFact[] {
  const [whole, parameters, body] = ['function', 'parameters', 'body'].map((name) =>
    captureNamed(match, name),
  );
  const returns = captureNamed(match, 'returns');
  if (!whole || !parameters || !body) return [];
  return [
    {
      span: whole.span,
      parameters: parameters.span,
      body: body.span,
      ...(returns && { returns: returns.span }),
    },
  ];
}

function readTargets(matches: readonly Match[], text: string): AssignmentFact[] {
  const found = new Map<number, { readonly statement: Statement; readonly target: Span }>();
  const patterns: { readonly statement: Statement; readonly targets: Span }[] = [];
  const values = new Map<number, Span>();
  for (const match of matches) {
    const statement = readStatement(match);
    if (!statement) continue;
    if (statement.value) values.set(placeOf(statement.span), statement.value);
    for (const target of spansNamed([match], 'target')) found.set(placeOf(target), { statement, target });
    for (const targets of spansNamed([match], 'targets')) patterns.push({ statement, targets });
  }
  for (const target of spansNamed(matches, 'part')) {
    const around = patterns.filter(({ targets }) => contains(targets, target));
    const innermost = around.reduce<(typeof around)[number] | undefined>(
      (best, one) => (best && length(best.targets) < length(one.targets) ? best : one),
      undefined,
    );
    if (innermost)
      found.set(placeOf(target), { statement: { ...innermost.statement, kind: 'part' }, target });
  }
  const declaring = new Set(spansNamed(matches, 'declares').map(placeOf));
  /** `a = b = 1`: what the assignment that stands for the value is given. */
  const given = (value: Span): Span => {
    const inner = values.get(placeOf(value));
    return inner ? given(inner) : value;
  };
  return [...found.values()]
    .sort((a, b) => a.target.start - b.target.start)
    .map(({ statement, target }) => {
      const written = text.slice(target.start, target.end);
      const { value, type } = statement;
      return {
        span: statement.span,
        target,
        ...(plainName.test(written) && { name: written }),
        ...(value && { value: given(value) }),
        ...(type && { type }),
        kind: statement.kind,
        ...(declaring.has(placeOf(statement.span)) && { declares: true as const }),
      };
    });
}

function readStatement(match: Match): Statement | undefined {
  const whole = match.captures.find(({ name }) => name.startsWith(prefix));
  if (!whole) return undefined;
  const value = captureNamed(match, 'value');
  const type = captureNamed(match, 'type');
  return {
    // The kind is part of the capture's name; a test over all languages holds the names to the known kinds.
    kind: whole.name.slice(prefix.length) as AssignmentFact['kind'],
    span: whole.span,
    ...(value && { value: value.span }),
    ...(type && { type: type.span }),
  };
}

const length = ({ start, end }: Span): number => end - start;
