// A language server's verdict on a candidate: the text with it, then the files that depend on it, then, where there is
// something to compare, all of that without it.
import { extname } from 'node:path';
import type { Finding } from '../../core/finding.ts';
import type { Language } from '../../core/language.ts';
import type { Run } from '../../core/run.ts';
import { diagnosticsWithin, newDiagnostics } from './compare.ts';
import type { Diagnostic } from './diagnostics.ts';
import { type Elsewhere, faultsElsewhere, textOf } from './elsewhere.ts';
import { JudgeFailure, within } from './failure.ts';
import type { FoundJudge } from './find.ts';
import type { JudgedChange } from './judge.ts';
import { beforeLasts, type OracleLimits } from './limits.ts';
import type { SourceFile } from './overlay.ts';
import type { Seat } from './pool.ts';

export interface ServedQuestion {
  readonly run: Run;
  readonly root: string;
  readonly found: FoundJudge;
  readonly change: JudgedChange;
  /** As `filesBeside` gives them. */
  readonly beside: readonly SourceFile[];
  readonly limits: OracleLimits;
}

/** @throws the abort reason; JudgeFailure when there is no verdict. */
export async function judgeWith(
  seat: Seat,
  signal: AbortSignal,
  question: ServedQuestion,
): Promise<readonly Finding[]> {
  const { found, change, beside } = question;
  const { name } = found.tool;
  const after = await seat.server.diagnose(signal, [fileOf(found, change, change.after), ...beside]);
  const { outside = [] } = found.tool.server ?? {};
  const stray = after.find(({ code }) => code !== undefined && outside.includes(code));
  if (stray) throw new JudgeFailure(`does not judge this file: ${stray.message}`);
  const { before } = change;
  if (before === undefined) return diagnosticsWithin(name, change, after);
  // A text without faults has none that are new.
  const findings = after.every(({ severity }) => severity === 'advice')
    ? []
    : newDiagnostics(name, { ...change, before }, await diagnosticsBefore(seat, signal, question), after);
  return [...findings, ...(await elsewhere(seat, signal, question))];
}

/** Those of the text without a candidate, which many candidates of one task have in common. */
async function diagnosticsBefore(
  seat: Seat,
  signal: AbortSignal,
  question: ServedQuestion,
): Promise<readonly Diagnostic[]> {
  const files = filesBefore(question);
  const known = rememberedOf(seat, files);
  const [{ path }] = files;
  const diagnostics = known.get(path) ?? (await seat.server.diagnose(signal, files));
  known.set(path, diagnostics);
  return diagnostics;
}

function filesBefore({ found, change, beside }: ServedQuestion): readonly [SourceFile, ...SourceFile[]] {
  return [fileOf(found, change, change.before ?? change.after), ...beside];
}

/** What it said of files in this state, by path, for a while. */
function rememberedOf(seat: Seat, files: readonly SourceFile[]): Map<string, readonly Diagnostic[]> {
  const known = seat.remembered;
  const now = performance.now();
  if (known && now - known.at < beforeLasts && isSame(known.files, files)) return known.diagnostics;
  const diagnostics = new Map<string, readonly Diagnostic[]>();
  seat.remembered = { files, diagnostics, at: now };
  return diagnostics;
}

const isSame = (a: readonly SourceFile[], b: readonly SourceFile[]): boolean =>
  a.length === b.length &&
  a.every(({ path, text }, index) => path === b[index]!.path && text === b[index]!.text);

/** What the candidate breaks in files that depend on it, as far as there is time. */
async function elsewhere(
  seat: Seat,
  signal: AbortSignal,
  question: ServedQuestion,
): Promise<readonly Finding[]> {
  const { run, root, found, change, beside, limits } = question;
  const dependents = new Set(change.dependents);
  const paths = beside.flatMap(({ path }) => (dependents.has(path) ? [path] : []));
  if (paths.length === 0) return [];
  const { server } = seat;
  const ask = async (): Promise<readonly Finding[]> => {
    const after = [fileOf(found, change, change.after), ...beside];
    const now = placedIn(await server.diagnoseFurther(signal, after, paths));
    if (!now.some(({ diagnostic }) => diagnostic.severity === 'error')) return [];
    const files = filesBefore(question);
    const known = rememberedOf(seat, files);
    const missing = paths.filter((path) => !known.has(path));
    if (missing.length > 0) {
      for (const [path, diagnostics] of await server.diagnoseFurther(signal, files, missing))
        known.set(path, diagnostics);
    }
    return faultsElsewhere(found.tool.name, root, change, placedIn(known), now);
  };
  try {
    return await within(ask(), limits.further, `took longer than ${limits.further} ms`, signal);
  } catch (error) {
    if (!(error instanceof JudgeFailure)) throw error;
    // What it said of the file itself stands.
    run.log('info', `${found.tool.name}: no verdict on what depends on ${change.path}: ${error.message}`);
    return [];
  }
}

const placedIn = (diagnostics: ReadonlyMap<string, readonly Diagnostic[]>): Elsewhere[] =>
  [...diagnostics].flatMap(([path, all]) => all.map((diagnostic) => ({ path, diagnostic })));

/** The files that a server is shown beside the judged one: unsaved ones and dependents, as far as it knows their language. */
export async function filesBeside(
  found: FoundJudge,
  languages: readonly Language[],
  change: JudgedChange,
  most: number,
): Promise<readonly SourceFile[]> {
  const { unsaved = [], dependents = [] } = change;
  const { judgesOthers = true } = found.tool.server ?? {};
  const open = new Set(unsaved.map(({ path }) => path));
  const wanted = judgesOthers && change.before !== undefined ? dependents : [];
  const paths = wanted.filter((path) => path !== change.path && !open.has(path)).slice(0, most);
  const idOf = (path: string): string | undefined =>
    extname(path) === extname(change.path)
      ? change.languageId
      : languages.find(({ extensions }) => extensions.includes(extname(path)))?.id;
  const read = await Promise.all(
    paths.map(async (path) => ({
      path,
      text: await textOf(change, path),
      languageId: idOf(path),
    })),
  );
  const knows = (languageId: string | undefined): boolean =>
    languageId === change.languageId ||
    languages.some(
      ({ id, judges = [] }) => id === languageId && judges.some(({ name }) => name === found.tool.name),
    );
  return [...unsaved.filter(({ path }) => path !== change.path), ...read].flatMap(
    ({ path, text, languageId }) =>
      text !== undefined && languageId !== undefined && knows(languageId)
        ? [fileOf(found, { path, languageId }, text)]
        : [],
  );
}

export function fileOf(
  { tool }: FoundJudge,
  { path, languageId }: Pick<JudgedChange, 'path' | 'languageId'>,
  text: string,
): SourceFile {
  const { languageIds = {} } = tool.server ?? {};
  const extension = Object.keys(languageIds).find((each) => path.endsWith(each));
  return { path, text, languageId: extension === undefined ? languageId : languageIds[extension]! };
}
