// What runners write about their tests → results. What they write is other programs' text: nothing in it is taken for granted.
import { XMLParser } from 'fast-xml-parser';
import * as z from 'zod/mini';
import type { TestReportRules } from '../../core/test-rules.ts';
import type { TestState } from './result.ts';

/** Before the message and the place are looked for in what was said of the failure. */
export interface RawResult {
  readonly name: string;
  readonly title: string;
  readonly state: TestState;
  readonly failure?: string;
  /** Where the runner tells it apart from the rest. */
  readonly message?: string;
}

export interface Written {
  readonly output: string;
  readonly errors: string;
  /** Absent where the runner wrote none. */
  readonly report?: string;
}

/** Results in the order in which they were written; none where the report is not what it should be. */
export function readReport(rules: TestReportRules, written: Written): readonly RawResult[] {
  return readers[rules.format](written, rules);
}

const readers: Readonly<
  Record<TestReportRules['format'], (written: Written, rules: TestReportRules) => readonly RawResult[]>
> = {
  junit: ({ report }) => (report === undefined ? [] : readXml(report)),
  results: ({ report }) => (report === undefined ? [] : readResults(report)),
  tap: ({ output }) => readTap(output),
  events: ({ output }) => readEvents(output),
  lines: ({ output, errors }, rules) => readLines(`${output}\n${errors}`, rules),
};

/** Several documents, one after the other. */
function readXml(text: string): readonly RawResult[] {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '',
    textNodeName: 'text',
    isArray: (name) => ['testcase', 'testsuite', 'failure', 'error', 'skipped'].includes(name),
    parseTagValue: false,
    parseAttributeValue: false,
    // Without it, line breaks in messages stay numbers.
    htmlEntities: true,
  });
  return text.split(/(?=<\?xml\b)/).flatMap((document) => {
    try {
      return casesIn(parser.parse(document));
    } catch {
      // Cut off in the middle, as when its writer was ended: what the other documents say still holds.
      return [];
    }
  });
}

const textual = z.union([
  z.string(),
  z.looseObject({ text: z.optional(z.string()), message: z.optional(z.string()) }),
]);
const testCase = z.looseObject({
  name: z.string(),
  classname: z.optional(z.string()),
  failure: z.optional(z.array(textual)),
  error: z.optional(z.array(textual)),
  skipped: z.optional(z.array(z.unknown())),
});

function casesIn(node: unknown): readonly RawResult[] {
  if (Array.isArray(node)) return node.flatMap(casesIn);
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) => {
    if (key !== 'testcase') return casesIn(value);
    return (Array.isArray(value) ? value : []).flatMap((one) => {
      const parsed = testCase.safeParse(one);
      return parsed.success ? [caseOf(parsed.data)] : [];
    });
  });
}

function caseOf({ name, classname, failure, error, skipped }: z.infer<typeof testCase>): RawResult {
  const [first] = [...(failure ?? []), ...(error ?? [])];
  const [text, message] = typeof first === 'string' ? [first] : [first?.text, first?.message];
  const state = first !== undefined ? 'failed' : skipped ? 'skipped' : 'passed';
  return {
    // Behind a bracket stand the values of a test that is run several times.
    name: name.replace(/[[(].*$/s, ''),
    title: classname ? `${classname}.${name}` : name,
    state,
    ...(first !== undefined && { failure: text ?? message ?? '' }),
    ...(message?.trim() && { message: message.trim().split(/\r?\n/, 1)[0]! }),
  };
}

const resultsFile = z.looseObject({
  testResults: z.array(
    z.looseObject({
      assertionResults: z.array(
        z.looseObject({
          title: z.string(),
          fullName: z.optional(z.string()),
          status: z.string(),
          failureMessages: z.optional(z.nullable(z.array(z.string()))),
        }),
      ),
    }),
  ),
});

function readResults(text: string): readonly RawResult[] {
  const parsed = resultsFile.safeParse(parseJson(text));
  if (!parsed.success) return [];
  return parsed.data.testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .map(({ title, fullName, status, failureMessages }) => ({
      name: title,
      title: fullName ?? title,
      state: status === 'passed' ? 'passed' : status === 'failed' ? 'failed' : 'skipped',
      ...(status === 'failed' && { failure: (failureMessages ?? []).join('\n') }),
    }));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Groups are told after what is in them, with type `suite`; what stands deeper is indented by four. */
function readTap(text: string): readonly RawResult[] {
  const found = [
    ...text.matchAll(
      /^( *)(not )?ok \d+(?: -)? ([^\n]*?)(?: # (SKIP|TODO)\b[^\n]*)?\n(?:\1 {2}---\n([\s\S]*?)\n\1 {2}\.\.\.)?/gm,
    ),
  ];
  return found.flatMap(([, , isNot, name, directive, details = '']): RawResult[] => {
    if (/^\s*type: 'suite'/m.test(details)) return [];
    const state = directive ? 'skipped' : isNot ? 'failed' : 'passed';
    return [{ name: name!, title: name!, state, ...(state === 'failed' && { failure: details }) }];
  });
}

const event = z.looseObject({
  Action: z.string(),
  Test: z.optional(z.string()),
  Output: z.optional(z.string()),
});
const eventStates: Readonly<Record<string, TestState>> = { pass: 'passed', fail: 'failed', skip: 'skipped' };

function readEvents(text: string): readonly RawResult[] {
  const said = new Map<string, string>();
  const results: RawResult[] = [];
  for (const line of text.split('\n')) {
    const parsed = event.safeParse(parseJson(line));
    if (!parsed.success) continue;
    const { Action: action, Test: name, Output: output } = parsed.data;
    if (name === undefined) continue;
    if (output !== undefined) said.set(name, (said.get(name) ?? '') + output);
    const state = eventStates[action];
    if (!state) continue;
    // Of one that has parts, what its parts said is said of it, too.
    const all = [...said].filter(([key]) => key === name || key.startsWith(`${name}/`));
    const failure = all.map(([, value]) => value).join('');
    results.push({
      name: name.split('/', 1)[0]!,
      title: name,
      state,
      ...(state === 'failed' && { failure }),
    });
  }
  return results;
}

function readLines(text: string, rules: TestReportRules): readonly RawResult[] {
  if (rules.line === undefined) return [];
  const failures = new Map(
    rules.failure === undefined
      ? []
      : [...text.matchAll(new RegExp(rules.failure, 'gmu'))].map(({ groups }): [string, string] => [
          groups?.name ?? '',
          groups?.message ?? '',
        ]),
  );
  return [...text.matchAll(new RegExp(rules.line, 'gmu'))].flatMap(({ groups }): RawResult[] => {
    const state = rules.states?.[groups?.state ?? ''];
    const title = groups?.name;
    if (!state || title === undefined) return [];
    const failure = failures.get(title);
    const name = title.split(/::|\./).at(-1)!;
    return [{ name, title, state, ...(state === 'failed' && failure !== undefined && { failure }) }];
  });
}
