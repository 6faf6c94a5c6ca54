// What the tests of checks share: texts with marked findings, and a subject made from a text as the product makes it.
import type { Finding } from '../../server/core/finding.ts';
import { noProject, type Project } from '../../server/core/project.ts';
import { detachedRun } from '../../server/core/run.ts';
import { applyEdits, type Edit } from '../../server/core/span.ts';
import { createSyntax, type ParsedFile, type Syntax } from '../../server/input/syntax/index.ts';
import { createProject } from '../../server/input/workspace/project.ts';
import type { Subject } from '../../server/validation/check.ts';
import { type Outcome, runChecks, severitiesOf } from '../../server/validation/index.ts';

export const logged: string[] = [];
export const run = detachedRun((_, message) => void logged.push(message));

/** All grammars that the tests ask for. */
export async function loadSyntax(...languages: readonly string[]): Promise<Syntax> {
  const syntax = await createSyntax({ log: (_, message) => void logged.push(message) });
  for (const id of languages) if (!(await syntax.load(id))) throw new Error(`no grammar for ${id}`);
  return syntax;
}

/** A workspace with nothing in it but what is given. */
export const project = (known: Partial<Project> = {}): Project => ({
  ...noProject,
  ...known,
});

/** What a folder on disk tells, with nobody's installations beside it. */
export const projectIn = (syntax: Syntax, folder: string): Project =>
  createProject({
    log: () => undefined,
    syntax,
    folders: [{ path: folder, exclude: [] }],
    openText: () => undefined,
    environment: { HOME: folder },
  });

export function subjectOf(
  syntax: Syntax,
  path: string,
  file: ParsedFile,
  around: Project = project(),
): Subject {
  return {
    path,
    language: syntax.languageFor(path)!,
    text: file.text,
    facts: file.facts,
    visibleNames: (offset) => file.visibleNames(offset),
    project: around,
  };
}

/** Checks a whole file. */
export function checkFile(syntax: Syntax, path: string, text: string, around?: Project): Outcome {
  const file = syntax.parse(syntax.languageFor(path)!.id, text)!;
  try {
    return runChecks(run, subjectOf(syntax, path, file, around), severitiesOf({}));
  } finally {
    file.release();
  }
}

/** Checks what `edit` does to a text. */
export function checkCandidate(
  syntax: Syntax,
  path: string,
  before: string,
  edit: Edit,
  around?: Project,
): Outcome & { after: string } {
  const file = syntax.parse(syntax.languageFor(path)!.id, before)!;
  const branch = file.branch([edit]);
  try {
    const subject = {
      ...subjectOf(syntax, path, branch, around),
      before: { text: before, facts: file.facts, edit },
    };
    return { ...runChecks(run, subject, severitiesOf({})), after: applyEdits(before, [edit]) };
  } finally {
    branch.release();
    file.release();
  }
}

/** Splits a text in which a line of `^^^ check/name` stands under what should be found. */
export function readMarks(marked: string): { text: string; marks: string[] } {
  const lines: string[] = [];
  const marks: string[] = [];
  for (const line of marked.split('\n')) {
    const mark = /^\s*(\^+) (\S+)\s*$/.exec(line);
    if (!mark) lines.push(line);
    else {
      const column = line.indexOf('^');
      marks.push(
        `${lines.length}:${column + 1} ${lines.at(-1)!.slice(column, column + mark[1]!.length)} ${mark[2]}`,
      );
    }
  }
  return { text: lines.join('\n'), marks };
}

/** Findings in the form of marks. */
export const asMarks = (text: string, findings: readonly Finding[]): string[] =>
  findings.map(({ span, check }) => {
    const before = text.slice(0, span.start).split('\n');
    return `${before.length}:${before.at(-1)!.length + 1} ${text.slice(span.start, span.end)} ${check}`;
  });
