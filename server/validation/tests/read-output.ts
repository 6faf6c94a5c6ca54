// What runners tell while they run, line by line → results. Read by lines, since a pattern that may go on to the end of a
// text takes hours where a program repeats the beginning of it often enough.
import { isAbsolute } from 'node:path';
import * as z from 'zod/mini';
import type { RawReport, RawResult, Written } from './raw.ts';
import type { TestState } from './result.ts';

interface OpenResult {
  readonly indent: string;
  readonly name: string;
  readonly title: string;
  readonly state: TestState;
  /** What else is told of it; absent before its first line. */
  details?: string[];
}

/** Groups are told after what is in them, with type `suite`; what stands deeper is indented by four. */
export function readTap({ output }: Written): RawReport {
  const results: RawResult[] = [];
  const groups: string[] = [];
  let said: string[] = [];
  let open: OpenResult | undefined;
  let hasParts = false;
  const close = (): void => {
    if (!open) return;
    if (!(hasParts && isAround(open))) results.push(...resultOf(open, said));
    hasParts = open.indent !== '';
    if (!hasParts) said = [];
    open = undefined;
  };
  for (const line of output.split('\n')) {
    if (open && line === `${open.indent}  ${open.details ? '...' : '---'}`) {
      if (open.details) close();
      else open.details = [];
      continue;
    }
    if (open?.details && (line === '' || line.startsWith(`${open.indent}  `))) {
      open.details.push(line);
      continue;
    }
    close();
    const group = /^( *)# Subtest: (.*)$/.exec(line);
    if (group) groups.splice(group[1]!.length / 4, groups.length, group[2]!);
    else if (line.startsWith('# ')) said.push(line.slice(2));
    else open = openResult(line, groups);
  }
  close();
  return { results, isCut: false };
}

function openResult(line: string, groups: readonly string[]): OpenResult | undefined {
  const found = /^( *)(not )?ok \d+(?: -)? (.*?)(?: # (SKIP|TODO)\b.*)?$/.exec(line);
  if (!found) return undefined;
  const [, indent = '', isNot, name = '', directive] = found;
  const around = groups.slice(0, indent.length / 4).filter((group) => !isAbsolute(group));
  const title = [...around, name].join(' > ');
  return { indent, name, title, state: directive ? 'skipped' : isNot ? 'failed' : 'passed' };
}

/** Older runners put all tests of a file into one of its name, which fails with them: it is none by itself. */
const isAround = ({ indent, name, state, details = [] }: OpenResult): boolean =>
  indent === '' &&
  isAbsolute(name) &&
  (state !== 'failed' || details.some((line) => /^ *failureType: 'subtestsFailed'/.test(line)));

/** @param said what was put out since the last one. */
function resultOf({ name, title, state, details = [] }: OpenResult, said: readonly string[]): RawResult[] {
  if (details.some((line) => /^ *type: 'suite'/.test(line))) return [];
  if (state !== 'failed') return [{ name, title, state }];
  // Of a file as a whole, what is wrong stands in what it said.
  const isFile = details.some((line) => /^ *exitCode: /.test(line));
  return [{ name, title, state, failure: [...details, ...(isFile ? said : [])].join('\n') }];
}

const event = z.looseObject({
  Action: z.string(),
  Package: z.optional(z.string()),
  Test: z.optional(z.string()),
  Output: z.optional(z.string()),
});
const eventStates: Readonly<Record<string, TestState>> = { pass: 'passed', fail: 'failed', skip: 'skipped' };

/** Parts of a test whose words are said of the test as well; deeper ones are so rarely told that it need not cost. */
const maxDepth = 8;

export function readEvents({ output: text }: Written): RawReport {
  const said = new Map<string, string[]>();
  const begun = new Map<string, RawResult>();
  const results: RawResult[] = [];
  for (const line of text.split('\n')) {
    const parsed = event.safeParse(parseJson(line));
    if (!parsed.success || parsed.data.Test === undefined) continue;
    const { Action: action, Test: title, Output: output, Package: file } = parsed.data;
    const key = `${file}\0${title}`;
    const one = { name: title.split('/', 1)[0]!, title, ...(file !== undefined && { file }) };
    if (output !== undefined) {
      for (const holder of withHolders(title)) pushTo(said, `${file}\0${holder}`, output);
    }
    const state = eventStates[action];
    if (action === 'run') begun.set(key, { ...one, state: 'unfinished' });
    if (!state) continue;
    begun.delete(key);
    results.push({ ...one, state, ...(state === 'failed' && { failure: (said.get(key) ?? []).join('') }) });
  }
  const unfinished = [...begun].map(([key, one]) => ({ ...one, failure: (said.get(key) ?? []).join('') }));
  return { results: [...results, ...unfinished], isCut: false };
}

/** A test and those that it is a part of. */
function withHolders(title: string): readonly string[] {
  const holders = [title];
  for (let at = title.indexOf('/'); at >= 0 && holders.length < maxDepth; at = title.indexOf('/', at + 1)) {
    holders.push(title.slice(0, at));
  }
  return holders;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function pushTo(lists: Map<string, string[]>, key: string, value: string): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
