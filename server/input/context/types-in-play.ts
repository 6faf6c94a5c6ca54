// Members of the types in play: of the receiver before the cursor, of parameters, annotated and constructed variables.
import type { AssignmentFact, SymbolFact } from '../../core/facts.ts';
import { contains, type Span, span, spanText } from '../../core/span.ts';
import type { Snippet } from '../../core/task.ts';
import { followImportsMs, maxTypesInPlay } from './limits.ts';
import { type Meaning, meaningOf, namesInType, type Surroundings } from './resolve-name.ts';
import type { ContextQuestion, Source } from './source.ts';
import { typeSnippet } from './type-snippet.ts';

/** A variable and what is known of its type: the text of the type, or of the call that it comes from. */
interface Typed {
  readonly name: string;
  readonly type?: Span;
  readonly value?: Span;
}

export const typesInPlay: Source = (run, question, nearby) => {
  const { snapshot, file, project, language } = question;
  const around: Surroundings = { project, language, path: snapshot.path, ...file };
  const receiver = /([\p{ID_Start}$_][\p{ID_Continue}$]*)\s*(?:\??\.|->|::)\s*[\p{ID_Continue}$]*$/u.exec(
    nearby.place.typed,
  )?.[1];
  const end = run.now() + followImportsMs[question.purpose];
  const rated = variables(question)
    .map((each) => ({
      ...each,
      score: each.name === receiver ? 0.95 : 0.5 + 0.35 * nearby.closeness(each.name),
    }))
    .sort((a, b) => b.score - a.score);
  const snippets = new Map<string, Snippet>();
  for (const each of rated) {
    run.signal.throwIfAborted();
    if (snippets.size >= maxTypesInPlay || run.now() > end) break;
    const reason = each.name === '' ? 'returned here' : `type of \`${each.name}\``;
    for (const meaning of meaningsOf(around, each)) {
      const snippet = typeSnippet(question, nearby, meaning, reason, each.score);
      const key = snippet && `${snippet.path}:${snippet.span.start}:${snippet.short}`;
      if (key && !snippets.has(key)) snippets.set(key, snippet);
    }
  }
  return [...snippets.values()];
};

/** Parameters, the result, and variables of the functions around, and the fields of the classes around that are used. */
function variables({ file, offset, subject }: ContextQuestion): Typed[] {
  const here = subject ?? span(offset, offset);
  const { symbols, assignments } = file.facts;
  const around = symbols.filter(
    (symbol) => contains(symbol.span, span(offset, offset)) || contains(here, symbol.span),
  );
  const found: Typed[] = [];
  for (const symbol of around) {
    for (const { name, type } of symbol.parameters ?? []) if (type) found.push({ name, type });
    if (symbol.returns) found.push({ name: '', type: symbol.returns });
    found.push(...fieldsOf(symbols, symbol));
  }
  const outermost = around[0]?.span ?? span(0, file.text.length);
  for (const assignment of assignments) {
    if (!contains(outermost, assignment.span)) continue;
    // What is set after the place is not there yet; a field is, whichever method sets it.
    const name = nameOf(file.text, assignment);
    if (name !== undefined && (assignment.span.end <= offset || assignment.name === undefined)) {
      found.push({
        name,
        ...(assignment.type && { type: assignment.type }),
        ...(assignment.value && { value: assignment.value }),
      });
    }
  }
  return found;
}

const fieldsOf = (symbols: readonly SymbolFact[], owner: SymbolFact): Typed[] =>
  symbols.flatMap(({ container, name, type }) =>
    type && container !== undefined && symbols[container] === owner ? [{ name, type }] : [],
  );

const nameOf = (text: string, { name, target }: AssignmentFact): string | undefined =>
  name ?? /\.([\p{ID_Start}$_][\p{ID_Continue}$]*)$/u.exec(spanText(text, target))?.[1];

function meaningsOf(around: Surroundings, { type, value }: Typed): readonly Meaning[] {
  if (type) return named(around, spanText(around.text, type));
  const call =
    value && around.facts.calls.find(({ span: whole }) => contains(value, whole) && whole.end === value.end);
  if (!call) return [];
  const name = spanText(around.text, span((call.receiver ?? call.nameSpan).start, call.nameSpan.end));
  const meaning = meaningOf(around, name);
  if (meaning?.kind !== 'workspace' || !meaning.definition.symbol.returns) return meaning ? [meaning] : [];
  const { definition } = meaning;
  return named({ ...around, ...definition }, spanText(definition.text, definition.symbol.returns!));
}

const named = (around: Surroundings, type: string): readonly Meaning[] =>
  namesInType(type).flatMap((name) => meaningOf(around, name) ?? []);
