// Captures of parameters in symbols.scm → what each list of them takes.
import type { ParameterFact } from '../../core/facts.ts';
import type { Span } from '../../core/span.ts';
import { captureNamed, hasCapture, type Match, spansNamed } from './captures.ts';

const kinds = new Map<string, ParameterFact['kind']>(
  (['positional', 'either', 'keyword', 'rest', 'keyword-rest'] as const).map((kind) => [
    `parameter.${kind}`,
    kind,
  ]),
);

/** One node of a list, which may have several names. */
interface Draft {
  readonly span: Span;
  pattern: number;
  kind: ParameterFact['kind'];
  readonly names: Map<number, Span>;
  type: Span | undefined;
  optional: boolean;
}

interface List {
  readonly drafts: Map<number, Draft>;
  readonly keyword: number[];
  readonly positional: number[];
}

/** Parameters by the place where their list begins. */
export function readParameters(
  matches: readonly Match[],
  text: string,
): ReadonlyMap<number, readonly ParameterFact[]> {
  const lists = new Map<number, List>();
  for (const match of matches) {
    const at = captureNamed(match, 'parameters')?.span.start;
    if (at === undefined || hasCapture(match, 'name')) continue;
    const list: List = lists.get(at) ?? { drafts: new Map(), keyword: [], positional: [] };
    lists.set(at, list);
    list.keyword.push(...spansNamed([match], 'separator.keyword').map(({ start }) => start));
    list.positional.push(...spansNamed([match], 'separator.positional').map(({ start }) => start));
    addParameter(list.drafts, match);
  }
  return new Map([...lists].map(([at, list]) => [at, toParameters(list, text)]));
}

function addParameter(drafts: Map<number, Draft>, match: Match): void {
  const whole = match.captures.find(({ name }) => kinds.has(name));
  const kind = whole && kinds.get(whole.name);
  if (!whole || !kind) return;
  const { span } = whole;
  const draft = drafts.get(span.start) ?? {
    span,
    pattern: match.pattern,
    kind,
    names: new Map(),
    type: undefined,
    optional: false,
  };
  drafts.set(span.start, draft);
  if (match.pattern >= draft.pattern) {
    draft.pattern = match.pattern;
    draft.kind = kind;
  }
  for (const name of spansNamed([match], 'parameter.name')) draft.names.set(name.start, name);
  draft.type ??= captureNamed(match, 'parameter.type')?.span;
  draft.optional ||= hasCapture(match, 'optional');
}

function toParameters({ drafts, keyword, positional }: List, text: string): ParameterFact[] {
  const from = Math.min(...keyword);
  const to = Math.max(...positional);
  return [...drafts.values()]
    .sort((a, b) => a.span.start - b.span.start)
    .flatMap(({ span, kind, names, type, optional }) => {
      const byPlace = span.start > from ? 'keyword' : span.start < to ? 'positional' : kind;
      const written = [...names.values()].sort((a, b) => a.start - b.start);
      return (written.length > 0 ? written : [span]).map((name) => ({
        name: text.slice(name.start, name.end),
        span,
        kind: kind === 'either' ? byPlace : kind,
        optional,
        ...(type && { type }),
      }));
    });
}
