// What is found in a text does not depend on how it came about: typed key by key in a project that remembers what it saw
// before, or read at once by one that knows nothing yet.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Finding } from '../../server/core/finding.ts';
import { applyEdits, type Edit } from '../../server/core/span.ts';
import type { ParsedFile, Syntax } from '../../server/input/syntax/index.ts';
import { createProject } from '../../server/input/workspace/project.ts';
import { runChecks, severitiesOf } from '../../server/validation/index.ts';
import { createMemory } from '../../server/validation/memory.ts';
import { samples } from './edited-samples.ts';
import { loadSyntax, run, subjectOf } from './kit.ts';

type Step =
  | { readonly kind: 'type'; readonly at: number; readonly what: number }
  | { readonly kind: 'rename'; readonly at: number }
  | { readonly kind: 'sign'; readonly at: number }
  | { readonly kind: 'drop'; readonly at: number };

const share = fc.double({ min: 0, max: 0.999, noNaN: true });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('type' as const), at: share, what: fc.nat(19) }),
  fc.record({ kind: fc.constant('rename' as const), at: share }),
  fc.record({ kind: fc.constant('sign' as const), at: share }),
  fc.record({ kind: fc.constant('drop' as const), at: share }),
);

/** One step as an editor would send it: a key an edit. */
function editsOf(text: string, one: Step, typed: readonly string[]): Edit[] {
  const end = text.indexOf('\n', Math.floor(one.at * text.length));
  const start = text.lastIndexOf('\n', end - 1) + 1;
  const line = text.slice(start, end);
  if (one.kind === 'drop') return [{ span: { start, end: end + 1 }, newText: '' }];
  if (one.kind === 'rename') {
    const word = /[A-Za-z]{4,}/.exec(line);
    const at = start + (word?.index ?? 0) + 2;
    return word ? [{ span: { start: at, end: at + 1 }, newText: 'w' }] : [];
  }
  if (one.kind === 'sign') {
    const open = text.indexOf('(', start) + 1;
    return open > 0 ? [{ span: { start: open, end: open }, newText: 'a, ' }] : [];
  }
  const keys = `\n${/^\s*/.exec(line)![0]}${typed[one.what % typed.length]}`;
  return [...keys].map((newText, index) => ({
    span: { start: end + index, end: end + index },
    newText,
  }));
}

/** One edit from a text to what it was before. */
function undoing(text: string, before: string): Edit[] {
  if (text === before) return [];
  const shorter = Math.min(text.length, before.length);
  let start = 0;
  while (start < shorter && text[start] === before[start]) start++;
  let tail = 0;
  while (tail < shorter - start && text.at(-1 - tail) === before.at(-1 - tail)) tail++;
  const span = { start, end: text.length - tail };
  return [{ span, newText: before.slice(start, before.length - tail) }];
}

/** Milliseconds: no test waits that long. */
const patience = 120_000;

let syntax: Syntax;
let folder: string;
beforeAll(async () => {
  syntax = await loadSyntax(...Object.keys(samples));
  folder = mkdtempSync(join(tmpdir(), 'vouch-edited-'));
}, patience);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A document in a project of its own, as an editor has it. */
function opened(languageId: string, path: string) {
  let file: ParsedFile | undefined;
  const memory = createMemory();
  const isIt = (asked: string): boolean => asked === path;
  const project = createProject({
    log: run.log,
    syntax,
    folders: [{ path: folder, exclude: [] }],
    openText: (asked) => (isIt(asked) ? file?.text : undefined),
    openFacts: (asked) => (isIt(asked) ? file?.facts : undefined),
  });
  return {
    findings(text: string, edit?: Edit): readonly Finding[] {
      file = syntax.parse(languageId, text, file && edit && { file, edits: [edit] })!;
      return runChecks(run, { ...subjectOf(syntax, path, file, project), memory }, severitiesOf({})).findings;
    },
    /** What cannot be parsed is recovered from in more than one way. */
    isSound: (): boolean => file!.facts.errors.length === 0,
    close: () => file?.release(),
  };
}

describe.each(Object.entries(samples))('%s', (languageId, { path: name, text: before, typed }) => {
  test(
    'findings of an edited text are those of the same text read at once',
    () => {
      const path = join(folder, name);
      let compared = 0;
      let found = 0;
      fc.assert(
        fc.property(fc.array(step, { minLength: 1, maxLength: 3 }), (steps) => {
          const document = opened(languageId, path);
          let text = before;
          document.findings(text);
          const follow = (edits: readonly Edit[]): void => {
            let now: readonly Finding[] = [];
            for (const edit of edits) {
              text = applyEdits(text, [edit]);
              now = document.findings(text, edit);
            }
            if (edits.length === 0 || !document.isSound()) return;
            const anew = opened(languageId, path);
            expect(now).toEqual(anew.findings(text));
            anew.close();
            compared++;
            found += now.length;
          };
          for (const one of steps) {
            const whole = text;
            follow(editsOf(text, one, typed));
            if (one.at < 0.5) follow(undoing(text, whole));
          }
          document.close();
        }),
        { numRuns: 4, seed: 11 },
      );
      // Sound texts with something to find were among them, or nothing was shown.
      expect(compared).toBeGreaterThan(2);
      expect(found).toBeGreaterThan(2);
    },
    patience,
  );
});

test('what was found out in one function, and asked for again in another, is not taken from before an edit', () => {
  const text = `def chosen():
    found = []
    handed().sort()
    return found


def handed():
    return chosen()


def shown():
    handed().append(1)
`;
  const path = join(folder, 'chosen.py');
  const document = opened('python', path);
  expect(document.findings(text)).toEqual([]);
  const start = text.indexOf('[]');
  const edit = { span: { start, end: start + 2 }, newText: '{}' };
  const edited = applyEdits(text, [edit]);
  const named = document
    .findings(edited, edit)
    .map(({ check, span }) => [check, edited.slice(span.start, span.end)]);
  expect(named).toEqual([
    ['members/unknown', 'sort'],
    ['members/unknown', 'append'],
  ]);
  document.close();
});

test('how much had to be followed in one function takes nothing from another', () => {
  const additions = '    command += added\n'.repeat(12);
  const uses = `    os.system(${Array(40).fill('command').join(' + ')})\n`.repeat(150);
  const text = `import os


def busy(added):
    command = "ls "
${additions}${uses}

def shown(folder):
    os.system("ls " + folder)
`;
  const path = join(folder, 'followed.py');
  const document = opened('python', path);
  const last = (findings: readonly Finding[]) => findings.at(-1)!;
  const first = last(document.findings(text));
  expect(text.slice(first.span.start)).toMatch(/^os\.system\("ls " \+ folder\)/);
  const start = text.indexOf('command = ');
  const edit = { span: { start, end: start + 'command'.length }, newText: 'further' };
  const edited = applyEdits(text, [edit]);
  expect(last(document.findings(edited, edit))).toEqual(first);
  document.close();
});

test('what a package still says of a file that has it no more is of no type', () => {
  const path = join(folder, 'package', 'made.go');
  mkdirSync(dirname(path));
  const before = syntax.parse('go', 'package shop\n\nvar made = other\n')!;
  writeFileSync(path, before.text);
  writeFileSync(join(dirname(path), 'other.go'), 'package shop\n');
  const file = syntax.parse('go', 'package shop\n\nfunc shown() string {\n\treturn made.Name()\n}\n')!;
  const project = createProject({
    log: run.log,
    syntax,
    folders: [{ path: folder, exclude: [] }],
    openText: (asked) => (asked === path ? before.text : undefined),
    openFacts: (asked) => (asked === path ? before.facts : undefined),
  });
  const { records } = runChecks(run, subjectOf(syntax, path, file, project), severitiesOf({}));
  expect(records.find(({ name }) => name === 'members/unknown')).toMatchObject({ outcome: 'passed' });
  before.release();
  file.release();
});
