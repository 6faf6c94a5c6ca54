// The straight line, whole: a project on disk, a real HTTP model server, and the text that comes out. Reads test/fixtures/line.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { detachedRun } from '../../server/core/run.ts';
import { defaultSettings, type Settings } from '../../server/core/settings.ts';
import { applyEdits } from '../../server/core/span.ts';
import type { Evidence } from '../../server/core/task.ts';
import { createWorkbench } from '../../server/orchestration/create-workbench.ts';
import type { Workbench } from '../../server/orchestration/workbench.ts';
import { type Archive, parseArchive, takeCursor } from '../kit/archive.ts';
import { type ModelServer, startModelServer } from '../kit/model-server.ts';

const fixtures = join(import.meta.dirname, '../fixtures/line');
const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

interface Case {
  readonly files: ReadonlyMap<string, string>;
  readonly path: string;
  readonly offset: number;
  /** `implement`, `rewrite`, …, or `complete`. */
  readonly ask: string;
  readonly parts: Archive['parts'];
}

function readCase(archive: Archive): Case {
  const files = new Map<string, string>();
  let path = '';
  let offset = 0;
  for (const { name, text } of archive.parts) {
    if (!name.startsWith('file ')) continue;
    const at = takeCursor(text);
    files.set(name.slice(5), at.text);
    if (text.includes('$0')) {
      path = name.slice(5);
      offset = at.offset;
    }
  }
  return { files, path, offset, ask: partOf(archive, 'ask')!.trim(), parts: archive.parts };
}

const partOf = ({ parts }: Pick<Archive, 'parts'>, name: string): string | undefined =>
  parts.find((part) => part.name === name)?.text;

async function project(
  { files }: Case,
  settings: Settings,
): Promise<{ folder: string; workbench: Workbench; notices: string[] }> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'vouch-line-')));
  cleanups.push(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const notices: string[] = [];
  const workbench = await createWorkbench({
    notice: (_, message) => notices.push(message),
    log: () => undefined,
    ask: async () => undefined,
    findingsChanged: () => undefined,
  });
  cleanups.push(() => workbench.dispose());
  workbench.configure([{ path: folder, settings }], settings);
  return { folder, workbench, notices };
}

/** Settings of a fixture: its own part over the defaults, with the model server as the default endpoint. */
function settingsOf(given: Case, server: ModelServer): Settings {
  const own = JSON.parse(
    (partOf(given, 'settings') ?? '{}').replaceAll('SERVER', server.baseURL),
  ) as Partial<Settings>;
  return {
    ...defaultSettings,
    models: { default: { baseURL: server.baseURL, model: 'test-model', api: 'auto' } },
    ...own,
    budget: { ...defaultSettings.budget, ...own.budget },
    privacy: { ...defaultSettings.privacy, ...own.privacy },
    validation: { ...defaultSettings.validation, ...own.validation },
  };
}

async function outcome(
  given: Case,
  workbench: Workbench,
  folder: string,
): Promise<{ after: string; evidence: Evidence | undefined }> {
  const text = given.files.get(given.path)!;
  const path = join(folder, given.path);
  const uri = pathToFileURL(path).href;
  const run = detachedRun(() => undefined);
  workbench.documents.open({ uri, path, languageId: '', version: 1, text });
  if (given.ask === 'complete') {
    const { candidates } = await workbench.complete(run, {
      uri,
      offset: given.offset,
      invoked: true,
      multiline: true,
    });
    const [best] = candidates;
    return best
      ? {
          after: applyEdits(text, [{ span: best.replace, newText: best.text }, ...best.additionalEdits]),
          evidence: best.evidence,
        }
      : { after: text, evidence: undefined };
  }
  const span = { start: given.offset, end: given.offset };
  const offers = await workbench.offers(run, uri, span, []);
  const offer = offers.find(({ requirement }) => requirement.kind === given.ask);
  expect(offer, `offers ${offers.map(({ requirement }) => requirement.title).join(', ')}`).toBeDefined();
  const proposal = await workbench.propose(run, offer!);
  return { after: applyEdits(proposal.snapshot.text, proposal.edits), evidence: proposal.evidence };
}

const isInstalled = (program: string): boolean =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));

type Part = Archive['parts'][number];

function expectOutcome({ name, text }: Part, after: string, evidence: Evidence | undefined): void {
  if (name === 'after') expect(after).toBe(text);
  if (name === 'verdict') expect(evidence?.verdict).toBe(text.trim());
  if (name === 'reasons') expect(evidence?.reasons?.join('\n')).toBe(text.trim());
  if (name !== 'findings') return;
  expect(evidence?.findings.map(({ check, message }) => `${check}: ${message}`).join('\n')).toBe(text.trim());
}

/** `prompt N has` and `prompt N lacks`: lines that the Nth request holds, or must not. */
function expectPrompt({ name, text }: Part, server: ModelServer): void {
  const asked = /^prompt (\d+) (has|lacks)$/.exec(name);
  if (!asked) return;
  const sent = JSON.stringify(server.requests[Number(asked[1]) - 1]?.body);
  for (const line of text.trimEnd().split('\n')) {
    const inside = JSON.stringify(line).slice(1, -1);
    if (asked[2] === 'has') expect(sent).toContain(inside);
    else expect(sent).not.toContain(inside);
  }
}

describe('the straight line', () => {
  for (const file of readdirSync(fixtures).sort()) {
    const archive = parseArchive(readFileSync(join(fixtures, file), 'utf8'));
    const needed = partOf(archive, 'needs')?.trim();
    it.skipIf(needed !== undefined && !isInstalled(needed))(
      `${file}: ${archive.comment.trim().split('\n')[0]}`,
      async () => {
        const given = readCase(archive);
        await using server = await startModelServer();
        for (const { name, text } of archive.parts)
          if (name === 'model') server.reply({ text: text.replace(/\n$/, '').match(/[\s\S]{1,7}/g) ?? [] });
        const { folder, workbench } = await project(given, settingsOf(given, server));
        const { after, evidence } = await outcome(given, workbench, folder);
        for (const part of archive.parts) {
          expectOutcome(part, after, evidence);
          expectPrompt(part, server);
        }
        const models = archive.parts.filter(({ name }) => name === 'model').length;
        if (given.ask !== 'complete') expect(server.requests.length).toBe(models);
      },
    );
  }
});
