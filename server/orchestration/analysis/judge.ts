// One candidate from a model's or the engine's text to edits with a verdict: polish, put in, check, complete.
import type { ForbiddenFact } from '../../core/facts.ts';
import type { Finding } from '../../core/finding.ts';
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
import { leftPlaceholders } from './left-placeholders.ts';

export function judge(run: Run, opened: Opened, project: Project, question: CandidateQuestion): Judgement {
  const judged = judgeText(run, opened, project, question);
  const left = leftPlaceholders(opened.snapshot, judged.after);
  return left.length === 0 ? judged : { ...judged, findings: [...left, ...judged.findings] };
}

function judgeText(run: Run, opened: Opened, project: Project, question: CandidateQuestion): Judgement {
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
  const further = completeFrom(checked.findings, inserted(edit), edit);
  if (further.length === 0) return { text, edits: [edit], ...checked, after: branch.file.text };
  // What completes it is checked like the rest: with the additions made first, so that only the candidate is judged.
  const edits = joined(edit, further);
  const [main, ...others] = edits as [Edit, ...Edit[]];
  using base = branchOf(file, others);
  const moved = { ...main, span: after(main.span, others) };
  using completed = branchOf(base.file, [moved]);
  const grounds = { ...opened, snapshot: { ...snapshot, text: base.file.text }, file: base.file };
  const again = check(run, grounds, language, project, completed.file, moved, question);
  return again.findings.length < checked.findings.length
    ? { text, edits, ...again, after: completed.file.text }
    : { text, edits: [edit], ...checked, after: branch.file.text };
}

/** Where a span lies after insertions elsewhere. */
const after = (target: Span, insertions: readonly Edit[]): Span =>
  insertions.reduce<Span>(
    (at, insertion) => (insertion.span.start <= target.start ? move(at, insertion.newText.length) : at),
    target,
  );

const move = ({ start, end }: Span, by: number): Span => ({ start: start + by, end: end + by });

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

/**
 * How many places of the text would not parse with the edit made, or parse though the language rejects them: what a shorter
 * ending is compared by. Where something does not parse, what depends on its surroundings is not certain.
 */
function errorsWith(file: ParsedFile, edit: Edit): number {
  using branch = branchOf(file, [edit]);
  const { errors, forbidden } = branch.file.facts;
  const isRejected = ({ depends, unfinished }: ForbiddenFact): boolean =>
    !unfinished && (!depends || errors.length === 0);
  return errors.length + forbidden.filter(isRejected).length;
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

/**
 * A finding in the candidate whose one right answer is an insertion elsewhere in the file (a missing import) is answered
 * by a further edit. Nothing else of the file is touched: a change of the user's own code is for them to make.
 */
function completeFrom(findings: readonly Finding[], where: Span, edit: Edit): readonly Edit[] {
  const edits = new Map<string, Edit>();
  for (const finding of findings) {
    for (const one of insertionsOutside(finding, where)) {
      // Spans of fixes refer to the text after the candidate; edits go out against the text before it.
      const start =
        one.span.start >= where.end
          ? one.span.start - edit.newText.length + length(edit.span)
          : one.span.start;
      edits.set(`${start} ${one.newText}`, { span: { start, end: start }, newText: one.newText });
    }
  }
  return [...edits.values()];
}

function insertionsOutside({ span, fixes, path }: Finding, where: Span): readonly Edit[] {
  const certain = contains(where, span) ? fixes.find((fix) => fix.certain) : undefined;
  const [only, ...more] = certain?.edits ?? [];
  if (!only || more.length > 0 || only.path !== path) return [];
  const outside = only.edits.every(
    ({ span: { start, end } }) => start === end && (end <= where.start || start >= where.end),
  );
  return outside ? only.edits : [];
}

/** What is inserted where the candidate begins comes before it, and so becomes a part of its edit. */
function joined(edit: Edit, further: readonly Edit[]): readonly Edit[] {
  const touching = further.filter(({ span }) => span.start === edit.span.start);
  const before = touching.map(({ newText }) => newText).join('');
  const apart = before === '' ? '' : '\n';
  return [
    { ...edit, newText: before + apart + edit.newText },
    ...further.filter((one) => !touching.includes(one)),
  ];
}

const length = ({ start, end }: Span): number => end - start;

const unchecked = (before: string, edit: Edit): Judgement => ({
  text: edit.newText,
  edits: [edit],
  findings: [],
  records: [{ name: 'syntax/error', outcome: 'not-run', note: 'no parser for this language or size' }],
  after: applyEdits(before, [edit]),
});

const inserted = ({ span, newText }: Edit): Span => ({ start: span.start, end: span.start + newText.length });

export const branchOf = (file: ParsedFile, edits: readonly Edit[]): { file: ParsedFile } & Disposable => {
  const branch = file.branch(edits);
  return { file: branch, [Symbol.dispose]: () => branch.release() };
};
