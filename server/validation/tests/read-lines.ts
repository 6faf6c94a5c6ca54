// A runner that is understood by patterns over its lines → results.
import type { TestReportRules } from '../../core/test-rules.ts';
import type { RawReport, RawResult, Written } from './raw.ts';
import type { TestState } from './result.ts';

interface Told {
  readonly name: string;
  readonly title: string;
}

/**
 * A failure that the runner tells of in its summary is one, whatever the test's lines say; else a line that says something
 * better of it counts, since a failure is told in the summary.
 */
export function readLines({ output, errors }: Written, rules: TestReportRules): RawReport {
  const patterns = patternsOf(rules);
  const { failures, others } = withoutFailures(`${output}\n${errors}`.split('\n'), patterns);
  const { line, closing, state: states, begins, ends } = patterns;
  const tests = new Map<Told, TestState[]>();
  let open: TestState[] | undefined;
  for (const text of others) {
    if (closing?.test(text)) open = undefined;
    for (const begun of testsIn(line, text)) open = listOf(tests, begun);
    const state = rules.states?.[states?.exec(text)?.groups?.state ?? ''];
    if (state) open?.push(state);
  }
  const results = [...tests].map(([told, own]) => resultOf(told, own, failures.get(told.title)));
  const count = (pattern: RegExp): number => others.filter((text) => pattern.test(text)).length;
  return { results, isCut: ends !== undefined && count(ends) < (begins ? count(begins) : 1) };
}

/** What the summary says of each failure, by title, and all other lines. */
function withoutFailures(
  lines: readonly string[],
  { failure, failureEnd }: Patterns,
): { readonly failures: ReadonlyMap<string, readonly string[]>; readonly others: readonly string[] } {
  const failures = new Map<string, string[]>();
  const others: string[] = [];
  let detail: string[] | undefined;
  for (const text of lines) {
    const [told] = testsIn(failure, text);
    if (told) detail = listOf(failures, told.title);
    else if (failureEnd?.test(text)) detail = undefined;
    if (!detail) others.push(text);
    else if (!told) detail.push(text);
  }
  return { failures, others };
}

const patternNames = ['line', 'state', 'closing', 'failure', 'failureEnd', 'begins', 'ends'] as const;

type Patterns = Partial<Record<(typeof patternNames)[number], RegExp>>;

function patternsOf(rules: TestReportRules): Patterns {
  return Object.fromEntries(
    patternNames.flatMap((name) => {
      const source = rules[name];
      const flags = name === 'line' || name === 'failure' ? 'gu' : 'u';
      return source === undefined ? [] : [[name, new RegExp(source, flags)]];
    }),
  );
}

/** One whose parts were told of by themselves may have nothing behind it on its line but the next one. */
function testsIn(pattern: RegExp | undefined, text: string): readonly Told[] {
  if (!pattern) return [];
  return [...text.matchAll(pattern)].flatMap(({ groups }) => {
    const name = groups?.name;
    return name === undefined ? [] : [{ name, title: groups?.title ?? name }];
  });
}

function listOf<Key, Value>(lists: Map<Key, Value[]>, key: Key): Value[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}

function resultOf(
  { name: whole, title }: Told,
  /** What its lines may tell of: what it writes itself may look like a state. */
  states: readonly TestState[],
  failure: readonly string[] | undefined,
): RawResult {
  const name = whole.split(/::|\./).at(-1)!;
  if (failure) return { name, title, state: 'failed', failure: failure.join('\n') };
  const state = states.filter((one) => one !== 'failed').at(-1) ?? states.at(-1) ?? 'unfinished';
  return { name, title, state };
}
