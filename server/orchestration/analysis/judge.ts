// One candidate from a model's or the engine's text to edits with a verdict: polish, put in, check, complete.
import type { Finding, Fix } from '../../core/finding.ts';
import type { Language } from '../../core/language.ts';
import type { Project } from '../../core/project.ts';
import type { Run } from '../../core/run.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import { applyEdits, contains, type Edit, type Span } from '../../core/span.ts';
import type { CheckRecord } from '../../core/task.ts';
import { polish } from '../../development/polish/index.ts';
import type { ParsedFile } from '../../input/syntax/index.ts';
import type { Subject } from '../../validation/check.ts';
import { runChecks } from '../../validation/index.ts';
import type { CandidateQuestion, Judgement } from './analysis.ts';
import type { Opened } from './documents.ts';
import { asComment, laidOut } from './layout.ts';

export function judge(run: Run, opened: Opened, project: Project, question: CandidateQuestion): Judgement {
  const { snapshot, language, file } = opened;
  const text =
    question.mode === 'notes'
      ? asComment(question.text, opened, question.target)
      : polished(opened, question);
  if (text.trim() === '') return { text: '', edits: [], findings: [], records: [], after: snapshot.text };
  const newText = question.mode === 'insert' ? text : laidOut(text, snapshot.text, question.target);
  const edit: Edit = { span: question.target, newText };
  if (!language || !file) return unchecked(snapshot.text, edit);

  using branch = branchOf(file, [edit]);
  const checked = check(run, opened, language, project, branch.file, edit, question);
  const completed = completeFrom(checked.findings, inserted(edit), edit);
  return {
    text,
    edits: [edit, ...completed.edits],
    findings: completed.findings,
    records:
      completed.edits.length > 0 ? withoutFailures(checked.records, completed.findings) : checked.records,
    after: branch.file.text,
  };
}

/** A file as the checks look at it. */
export const subjectOf = (
  { path }: Pick<Snapshot, 'path'>,
  language: Language,
  file: ParsedFile,
  project: Project,
): Subject => ({
  path,
  language,
  text: file.text,
  facts: file.facts,
  visibleNames: (offset) => file.visibleNames(offset),
  project,
});

/** The polish filters see the place; where a syntactic scope ends they ask the parser by this callback. */
function polished({ snapshot, language, file }: Opened, { target, text, mode }: CandidateQuestion): string {
  return polish(
    { text, snapshot, target },
    {
      language,
      before: snapshot.text.slice(0, target.start),
      after: snapshot.text.slice(target.end),
      replaced: snapshot.text.slice(target.start, target.end),
      mode: mode === 'insert' ? 'insert' : 'replace',
      ...(file && {
        errorsWith: (candidate: string) => errorsWith(file, { span: target, newText: candidate }),
      }),
    },
  ).text;
}

/** How many places of the text would not parse with the edit made: what a shorter ending is compared by. */
function errorsWith(file: ParsedFile, edit: Edit): number {
  using branch = branchOf(file, [edit]);
  return branch.file.facts.errors.length;
}

function check(
  run: Run,
  { snapshot, file }: Opened,
  language: Language,
  project: Project,
  after: ParsedFile,
  edit: Edit,
  { severities, mode }: CandidateQuestion,
): { findings: readonly Finding[]; records: readonly CheckRecord[] } {
  const before = { text: snapshot.text, facts: file!.facts, edit };
  const outcome = runChecks(run, { ...subjectOf(snapshot, language, after, project), before }, severities);
  const stray = mode === 'comment' ? codeOutsideComments(after, inserted(edit), snapshot.path) : [];
  return { ...outcome, findings: [...stray, ...outcome.findings] };
}

/** What was asked for as a comment must not bring code with it. */
function codeOutsideComments(after: ParsedFile, where: Span, path: string): Finding[] {
  const { comments, strings } = after.facts;
  const spoken = [...comments.map(({ span }) => span), ...strings];
  for (let at = where.start; at < where.end; at++) {
    if (/\s/.test(after.text[at]!)) continue;
    const around = spoken.find(({ start, end }) => start <= at && at < end);
    if (!around) {
      const message = 'The answer should be a comment and brings code';
      return [
        {
          check: 'syntax/error',
          severity: 'error',
          path,
          span: { start: at, end: where.end },
          message,
          fixes: [],
        },
      ];
    }
    at = around.end - 1;
  }
  return [];
}

/** A finding whose one right answer lies outside of the candidate (a missing import) is answered by a further edit. */
function completeFrom(
  findings: readonly Finding[],
  where: Span,
  edit: Edit,
): { findings: readonly Finding[]; edits: readonly Edit[] } {
  const edits: Edit[] = [];
  const left = findings.filter((finding) => {
    const outside = editsOutside(finding.fixes, finding.path, where);
    if (!outside) return true;
    for (const one of outside) {
      // Spans of fixes refer to the text after the candidate; edits go out against the text before it.
      const span = toBefore(one.span, where, edit);
      if (!edits.some(({ newText, span: { start } }) => newText === one.newText && start === span.start)) {
        edits.push({ span, newText: one.newText });
      }
    }
    return false;
  });
  return { findings: left, edits };
}

function editsOutside(fixes: readonly Fix[], path: string, where: Span): readonly Edit[] | undefined {
  const certain = fixes.find((fix) => fix.certain);
  const [only, ...more] = certain?.edits ?? [];
  if (!only || more.length > 0 || only.path !== path) return undefined;
  const outside = only.edits.every(({ span }) => span.end <= where.start || span.start >= where.end);
  return outside && !only.edits.some(({ span }) => contains(where, span) && span.start !== span.end)
    ? only.edits
    : undefined;
}

function toBefore(span: Span, where: Span, edit: Edit): Span {
  const delta = edit.newText.length - (edit.span.end - edit.span.start);
  return span.start >= where.end ? { start: span.start - delta, end: span.end - delta } : span;
}

const withoutFailures = (records: readonly CheckRecord[], left: readonly Finding[]): readonly CheckRecord[] =>
  records.map((record) =>
    record.outcome === 'failed' && !left.some(({ check }) => check === record.name)
      ? { name: record.name, outcome: 'passed', note: 'after adding what it asked for' }
      : record,
  );

const unchecked = (before: string, edit: Edit): Judgement => ({
  text: edit.newText,
  edits: [edit],
  findings: [],
  records: [{ name: 'syntax/error', outcome: 'not-run', note: 'no parser for this language or size' }],
  after: applyEdits(before, [edit]),
});

const inserted = ({ span, newText }: Edit): Span => ({ start: span.start, end: span.start + newText.length });

const branchOf = (file: ParsedFile, edits: readonly Edit[]): { file: ParsedFile } & Disposable => {
  const branch = file.branch(edits);
  return { file: branch, [Symbol.dispose]: () => branch.release() };
};
