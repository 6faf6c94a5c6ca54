// The scenes of the demo: what is typed or asked for, what the server answers, and how that is shown.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { createTwoFilesPatch } from 'diff';
import type { TextEdit } from 'vscode-languageserver-textdocument';
import { codeFrame } from '../code-frame.ts';
import { createPositions, type Position } from '../places.ts';
import type { Terminal } from '../terminal.ts';
import type { Editor } from './client.ts';
import scenes from './scenes.json' with { type: 'json' };

export interface Stage {
  readonly editor: Editor;
  /** The project's folder. */
  readonly folder: string;
  readonly terminal: Terminal;
}

/** What a scene came to; `without` is a part that needs something that is not there. */
export type Outcome = 'shown' | 'without' | 'failed';

interface WorkspaceEdit {
  readonly changes?: Readonly<Record<string, readonly TextEdit[]>>;
  readonly documentChanges?: readonly {
    readonly textDocument?: { readonly uri: string };
    readonly edits?: readonly TextEdit[];
  }[];
}

interface CodeAction {
  readonly title: string;
  readonly kind?: string;
  readonly edit?: WorkspaceEdit;
  readonly disabled?: { readonly reason: string };
}

/** Milliseconds: everything that runs here answers well within this; a model that is slow gets more. */
const answerLimit = 15_000;
const modelLimit = 120_000;
/** Milliseconds until the embedded engine must have read the sample project. */
const engineLimit = 8_000;
const askAgain = 200;

async function openFile({ editor, folder }: Stage, file: string, languageId: string): Promise<string> {
  const path = join(folder, file);
  const uri = pathToFileURL(path).href;
  await editor.open(uri, languageId, await readFile(path, 'utf8'));
  return uri;
}

/** Types at a cursor in each of the languages, and takes what is offered there, as one does with the tab key. */
export async function showCompletions(stage: Stage): Promise<Outcome> {
  const { editor, terminal } = stage;
  const { colors } = terminal;
  terminal.out(
    colors.dim('   What is typed is grey, what was offered and taken is green, ⇥ is the key that took it.'),
  );
  let shown = 0;
  for (const { file, languageId, after, typed } of scenes.completions) {
    const uri = await openFile(stage, file, languageId);
    const text = editor.text(uri);
    const start = text.indexOf(after) + after.length;
    const before = text.slice(0, start) + typed;
    const taken = await takeCompletions(editor, uri, before, text.slice(start));
    const { line, character } = createPositions(before).at(before.length);
    terminal.out(`\n   ${colors.bold(`${file}:${line + 1}:${character + 1}`)}`);
    const context = before.split('\n').slice(line - 2);
    const added =
      taken.length === 0
        ? colors.red('  (nothing offered)')
        : taken.map((one) => colors.green(one)).join('⇥');
    terminal.out(indent(`${colors.dim(context.join('\n'))}${added}`, 5));
    if (taken.length > 0) shown++;
    await editor.close(uri);
  }
  return shown === scenes.completions.length ? 'shown' : 'failed';
}

/** How often in a row an offer is taken. */
const maximumTaken = 6;

async function takeCompletions(editor: Editor, uri: string, before: string, rest: string): Promise<string[]> {
  const taken: string[] = [];
  while (taken.length < maximumTaken) {
    const typed = before + taken.join('');
    await editor.change(uri, typed + rest);
    // Only the first is waited for: then the engine has read the project.
    const limit = taken.length === 0 ? engineLimit : 0;
    const ghost = await completionAt(editor, uri, createPositions(typed).at(typed.length), limit);
    if (ghost === undefined || ghost === '') break;
    taken.push(ghost);
  }
  return taken;
}

interface InlineAnswer {
  readonly items?: readonly {
    readonly insertText: string | { readonly value: string };
    readonly range?: { start: Position };
  }[];
}

/**
 * What the first offer adds at the cursor.
 * @param limit milliseconds for which it is asked again where there is none.
 */
async function completionAt(
  editor: Editor,
  uri: string,
  position: Position,
  limit: number,
): Promise<string | undefined> {
  const started = performance.now();
  for (;;) {
    const answer = await editor.request<InlineAnswer | InlineAnswer['items'] | null>(
      'textDocument/inlineCompletion',
      { textDocument: { uri }, position, context: { triggerKind: 1 } },
      answerLimit,
    );
    const [item] = (Array.isArray(answer) ? answer : (answer as InlineAnswer | null)?.items) ?? [];
    if (item) {
      const inserted = typeof item.insertText === 'string' ? item.insertText : item.insertText.value;
      const typed = position.character - (item.range?.start.character ?? position.character);
      return inserted.slice(typed);
    }
    if (performance.now() - started >= limit) return undefined;
    await sleep(askAgain);
  }
}

/** Makes a mistake, shows what is said of it, and takes the quick fix. */
export async function showFix(stage: Stage): Promise<Outcome> {
  const { editor, terminal } = stage;
  const { colors } = terminal;
  const { file, languageId, right, wrong } = scenes.mistake;
  const uri = await openFile(stage, file, languageId);
  const clean = editor.text(uri);
  await editor.change(uri, clean.replace(right, wrong));
  const found = await editor.diagnostics(uri, (diagnostics) => diagnostics.length > 0, answerLimit);
  const diagnostic = found?.[0];
  if (!diagnostic) {
    terminal.out(colors.red('   the server said nothing of the mistake'));
    return 'failed';
  }
  terminal.out(`\n   ${colors.bold(file)} ${diagnostic.message} ${colors.dim(diagnostic.code ?? '')}`);
  terminal.out(indent(codeFrame(editor.text(uri), diagnostic.range, '', colors)));

  const actions = await editor.request<readonly CodeAction[] | null>(
    'textDocument/codeAction',
    {
      textDocument: { uri },
      range: diagnostic.range,
      context: { diagnostics: [diagnostic], only: ['quickfix'] },
    },
    answerLimit,
  );
  const fix = actions?.find(({ edit }) => edit !== undefined);
  if (!fix?.edit) {
    terminal.out(colors.red('   the server offered no quick fix'));
    return 'failed';
  }
  const before = editor.text(uri);
  await editor.apply(uri, editsFor(fix.edit, uri));
  terminal.out(`\n   ${colors.green('quick fix:')} ${fix.title}`);
  terminal.out(indent(diffOf(file, before, editor.text(uri), terminal)));
  const after = await editor.diagnostics(uri, (diagnostics) => diagnostics.length === 0, answerLimit);
  terminal.out(
    after
      ? `   ${colors.green('✓')} nothing is left to say`
      : colors.red('   the diagnostic did not go away'),
  );
  await editor.close(uri);
  return after ? 'shown' : 'failed';
}

/** Has a model implement a function, where there is a model; what was checked is shown with it. */
export async function showImplementation(stage: Stage): Promise<Outcome> {
  const { editor, terminal } = stage;
  const { colors } = terminal;
  const { file, languageId, at } = scenes.stub;
  const uri = await openFile(stage, file, languageId);
  const before = editor.text(uri);
  const start = createPositions(before).at(before.indexOf(at) + at.length);
  const action = await implementAction(editor, uri, start);
  if (!action) {
    terminal.out(colors.red('   the server did not offer to implement the function'));
    return 'failed';
  }
  terminal.out(`\n   the action is offered: ${colors.bold(action.title)}`);
  const without = ({ reason }: { readonly reason: string }): Outcome => {
    terminal.out(`   ${colors.yellow('not carried out:')} ${reason}`);
    return 'without';
  };
  if (action.disabled) return without(action.disabled);
  try {
    const resolved = await editor.request<CodeAction>('codeAction/resolve', action, modelLimit);
    terminal.progress('');
    await editor.apply(uri, resolved.edit ? editsFor(resolved.edit, uri) : []);
  } catch (error) {
    terminal.progress('');
    const missing = await missingModel(editor, uri, start);
    if (missing) return without(missing);
    terminal.out(
      `   ${colors.red('the model did not do it:')} ${error instanceof Error ? error.message : error}`,
    );
    return 'failed';
  }
  terminal.out(indent(diffOf(file, before, editor.text(uri), terminal)));
  const place = createPositions(editor.text(uri)).at(firstDifference(before, editor.text(uri)));
  const hover = await editor.request<{ contents: { value: string } } | null>(
    'textDocument/hover',
    { textDocument: { uri }, position: place },
    answerLimit,
  );
  if (!hover) {
    terminal.out(colors.red('   the server has no evidence for what it wrote'));
    return 'failed';
  }
  terminal.out(`\n   ${colors.bold('what was checked')}\n${indent(hover.contents.value)}`);
  return 'shown';
}

/** Why the action cannot be carried out. Whether there is a model is looked for beside the requests, and known later. */
async function missingModel(editor: Editor, uri: string, at: Position): Promise<CodeAction['disabled']> {
  const started = performance.now();
  for (;;) {
    const action = await implementAction(editor, uri, at);
    if (action?.disabled || performance.now() - started >= answerLimit) return action?.disabled;
    await sleep(askAgain);
  }
}

async function implementAction(editor: Editor, uri: string, at: Position): Promise<CodeAction | undefined> {
  const actions = await editor.request<readonly CodeAction[] | null>(
    'textDocument/codeAction',
    {
      textDocument: { uri },
      range: { start: at, end: at },
      context: { diagnostics: [], only: ['refactor.rewrite'] },
    },
    answerLimit,
  );
  return actions?.find(({ kind }) => kind?.endsWith('.implement'));
}

function editsFor(edit: WorkspaceEdit, uri: string): readonly TextEdit[] {
  const versioned = edit.documentChanges?.filter(({ textDocument }) => textDocument?.uri === uri) ?? [];
  return [...(edit.changes?.[uri] ?? []), ...versioned.flatMap(({ edits }) => edits ?? [])];
}

const indent = (text: string, width = 3): string => text.replaceAll(/^/gm, ' '.repeat(width));

function firstDifference(a: string, b: string): number {
  let at = 0;
  while (at < b.length && a[at] === b[at]) at++;
  return at;
}

/** The changed lines with a little around them, without the head that a patch file has. */
function diffOf(file: string, before: string, after: string, { colors }: Terminal): string {
  const lines = createTwoFilesPatch(file, file, before, after, undefined, undefined, { context: 1 }).split(
    '\n',
  );
  return lines
    .slice(lines.findIndex((line) => line.startsWith('@@')) + 1)
    .map((line) => {
      if (line.startsWith('+')) return colors.green(line);
      return line.startsWith('-') ? colors.red(line) : colors.dim(line);
    })
    .join('\n')
    .trimEnd();
}
