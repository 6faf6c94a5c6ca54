// The form of `tests.json`. What each field means is said in core/test-rules.ts.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod/mini';
import type { TestReportRules, TestRules, TestRunner } from '../../core/test-rules.ts';

const texts = z.array(z.string());

const reportRules = z.strictObject({
  format: z.enum(['junit', 'results', 'tap', 'events', 'lines']),
  files: z.optional(z.string()),
  line: z.optional(z.string()),
  state: z.optional(z.string()),
  states: z.optional(z.record(z.string(), z.enum(['passed', 'failed', 'skipped']))),
  closing: z.optional(z.string()),
  failure: z.optional(z.string()),
  failureEnd: z.optional(z.string()),
  begins: z.optional(z.string()),
  ends: z.optional(z.string()),
  message: z.optional(z.string()),
  place: z.optional(z.string()),
} satisfies Record<keyof TestReportRules, z.ZodMiniType>);

const testRules = z.array(
  z.strictObject({
    name: z.string(),
    names: z.optional(z.string()),
    marks: z.optional(z.array(z.strictObject({ file: z.string(), text: z.optional(z.string()) }))),
    written: z.optional(z.string()),
    programs: texts,
    parameters: texts,
    environment: z.optional(z.record(z.string(), z.string())),
    readable: z.optional(texts),
    caches: z.optional(texts),
    report: reportRules,
    unbuilt: z.optional(z.string()),
    absent: z.optional(z.string()),
    build: z.optional(z.number()),
  } satisfies Record<keyof TestRunner, z.ZodMiniType>),
);

/**
 * The test runners of a language's folder, or nothing where it has none. A file that is only a text names the folder whose
 * runners are the language's own, too.
 * @throws Error naming the file and the field when it has the wrong form: a bug of the package.
 */
export function readTestRules(folder: string): TestRules | undefined {
  const path = join(folder, 'tests.json');
  if (!existsSync(path)) return undefined;
  const read: unknown = JSON.parse(readFileSync(path, 'utf8'));
  if (typeof read === 'string') return readTestRules(join(dirname(path), '..', read));
  const parsed = testRules.safeParse(read);
  if (!parsed.success) throw new Error(`${path}: ${z.prettifyError(parsed.error)}`);
  return parsed.data as TestRules;
}
