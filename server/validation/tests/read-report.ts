// What runners write about their tests → results. What they write is other programs' text: nothing in it is taken for granted.
import { XMLParser } from 'fast-xml-parser';
import * as z from 'zod/mini';
import type { TestReportRules } from '../../core/test-rules.ts';
import type { RawReport, RawResult, Written } from './raw.ts';
import { readLines } from './read-lines.ts';
import { readEvents, readTap } from './read-output.ts';

/** What a runner wrote, where that is what it should be. */
export function readReport(rules: TestReportRules, written: Written): RawReport {
  return readers[rules.format](written, rules);
}

const whole = (results: readonly RawResult[]): RawReport => ({ results, isCut: false });

const readers: Readonly<
  Record<TestReportRules['format'], (written: Written, rules: TestReportRules) => RawReport>
> = {
  junit: ({ report }) => whole(report === undefined ? [] : readXml(report)),
  results: ({ report }) => whole(report === undefined ? [] : readResults(report)),
  tap: readTap,
  events: readEvents,
  lines: readLines,
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
      name: z.optional(z.string()),
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
  return parsed.data.testResults.flatMap(({ name: file, assertionResults }) =>
    assertionResults.map(({ title, fullName, status, failureMessages }) => ({
      name: title,
      title: fullName ?? title,
      state: status === 'passed' ? 'passed' : status === 'failed' ? 'failed' : 'skipped',
      ...(file !== undefined && { file }),
      ...(status === 'failed' && { failure: (failureMessages ?? []).join('\n') }),
    })),
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
