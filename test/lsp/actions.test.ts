// textDocument/codeAction, codeAction/resolve and workspace/executeCommand: by resolve, by command, and what goes wrong.
import { execFileSync } from 'node:child_process';
import { mkdtemp, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  CancellationTokenSource,
  type CodeAction,
  type CodeActionContext,
  CodeActionRequest,
  CodeActionResolveRequest,
  type Command,
  ExecuteCommandRequest,
  ResponseError,
} from 'vscode-languageserver';
import type { Finding } from '../../server/core/finding.ts';
import { ModelFailure } from '../../server/core/model.ts';
import type { Run } from '../../server/core/run.ts';
import { defaultSettings } from '../../server/core/settings.ts';
import type { Proposal } from '../../server/core/task.ts';
import type { SettingsLoader } from '../../server/lsp/configuration.ts';
import type { Offer, Region, Workbench } from '../../server/orchestration/workbench.ts';
import type { ClientOptions, LspClient } from '../kit/client.ts';
import { removeFolder } from '../kit/remove-folder.ts';
import {
  evidence,
  requirement,
  type Script,
  type ScriptedServer,
  scriptedServer,
} from '../kit/scripted-workbench.ts';

const uri = 'file:///project/a.py';
const stub = 'def area(r):\n    ...\n';
const body = { start: 17, end: 20 };
const written = 'return r * r * 3.14159';
const filled = 'def area(r):\n    return r * r * 3.14159\n';

const offer: Offer = {
  uri,
  version: 1,
  requirement: requirement({ target: body, subject: { start: 0, end: 20 } }),
};

/** A workbench that offers to implement the stub, and does it. */
const implementing = (script: Script = {}): Script => ({
  offers: async () => [offer],
  async propose(run, { requirement }) {
    run.report({ message: 'checking', percentage: 50 });
    return {
      requirement,
      snapshot: { uri, path: '/project/a.py', languageId: 'python', version: 1, text: stub },
      creates: false,
      edits: [{ span: body, newText: written }],
      evidence: evidence(),
    };
  },
  ...script,
});

async function opened(
  script: Script,
  options: ClientOptions & { readonly loadSettings?: SettingsLoader; readonly now?: () => number } = {},
): Promise<ScriptedServer> {
  const server = await scriptedServer(script, options);
  await server.client.open(uri, 'python', stub);
  return server;
}

const actions = async (
  client: LspClient,
  context: Partial<CodeActionContext> = {},
): Promise<(CodeAction & Command)[]> =>
  (await client.request(CodeActionRequest.type, {
    textDocument: { uri },
    range: { start: { line: 1, character: 4 }, end: { line: 1, character: 4 } },
    context: { diagnostics: [], ...context },
  })) as (CodeAction & Command)[];

const execute = (client: LspClient, { command, arguments: parameters }: Command): Promise<unknown> =>
  client.request(ExecuteCommandRequest.type, { command, arguments: parameters ?? [] });

describe('an action that a model carries out', () => {
  it('is resolved to a versioned edit, with progress on the way', async () => {
    const offered: unknown[] = [];
    const { client } = await opened(implementing({ offered: (...parameters) => offered.push(parameters) }));
    const [action] = await actions(client);
    expect(action).toEqual({
      title: 'Implement `area`',
      kind: 'refactor.rewrite.vouch.implement',
      data: offer,
    });
    const resolved = await client.request(CodeActionResolveRequest.type, action!);
    expect(resolved.edit).toEqual({
      documentChanges: [
        {
          textDocument: { uri, version: 1 },
          edits: [
            {
              range: { start: { line: 1, character: 4 }, end: { line: 1, character: 7 } },
              newText: written,
            },
          ],
        },
      ],
    });
    client.documents.apply(resolved.edit!, true);
    expect(client.documents.text(uri)).toBe(filled);
    expect(offered).toEqual([[uri, [{ span: body, newText: written }], evidence()]]);
    const steps = client.messages
      .filter(({ method }) => method === '$/progress')
      .map(({ params }) => params.value);
    expect(steps).toEqual([
      { kind: 'begin', title: 'Implement `area`', cancellable: true },
      { kind: 'report', message: 'checking', percentage: 50 },
      { kind: 'end' },
    ]);
    await client.stop();
  });

  it('says how to get a model as soon as it is known that there is none', async () => {
    const { client } = await opened(
      implementing({
        status: async () => ({
          engine: { files: 0, bytes: 0, ready: true, leftOut: {} },
          models: [],
          grammars: {},
          index: { ready: true, files: 0, symbols: 0, bytes: 0, leftOut: {} },
        }),
      }),
    );
    await expect
      .poll(async () => (await actions(client))[0]!.disabled)
      .toEqual({ reason: expect.stringContaining('vouch.models') });
    await client.stop();
  });

  it('is not disabled where the settings name a model, whether it answers or not', async () => {
    const loadSettings: SettingsLoader = async () => ({
      settings: {
        ...defaultSettings,
        models: { default: { baseURL: 'http://localhost:1/v1', api: 'auto' } },
      },
      problems: [],
    });
    const { client } = await opened(implementing(), { loadSettings });
    for (let attempt = 0; attempt < 5; attempt++)
      expect((await actions(client))[0]!.disabled).toBeUndefined();
    await client.stop();
  });

  it.each(['eglot19', 'ale', 'kakoune'] as const)(
    'is a command for %s, which answers at once and sends the edit when it is done',
    async (profile) => {
      const finished: (() => void)[] = [];
      const script = implementing();
      const { client } = await opened(
        {
          ...script,
          async propose(run, offer) {
            await new Promise<void>((resolve) => finished.push(resolve));
            return script.propose!(run, offer);
          },
        },
        { profile },
      );
      const [action] = await actions(client);
      expect(action).toMatchObject({
        title: 'Implement `area`',
        command: { title: 'Implement `area`', command: 'vouch.implement', arguments: [offer] },
      });
      expect(action!.data ?? action!.edit).toBeUndefined();
      expect(await execute(client, action!.command as unknown as Command)).toBeNull();
      expect(client.documents.text(uri)).toBe(stub);
      await expect.poll(() => finished.length).toBe(1);
      finished[0]!();
      await client.next('workspace/applyEdit');
      await expect.poll(() => client.documents.text(uri)).toBe(filled);
      await client.stop();
    },
  );

  it('waits where the client follows the progress of its own request, which it gets', async () => {
    const { client } = await opened(implementing());
    await client.request(ExecuteCommandRequest.type, {
      command: 'vouch.implement',
      arguments: [offer],
      workDoneToken: 7,
    });
    await client.next('workspace/applyEdit');
    await client.stop();
    const steps = client.messages.filter(({ method }) => method === '$/progress');
    expect(steps.map(({ params }) => params)).toEqual([
      { token: 7, value: { kind: 'begin', title: 'Implement', cancellable: true } },
      { token: 7, value: { kind: 'report', message: 'checking', percentage: 50 } },
      { token: 7, value: { kind: 'end' } },
    ]);
    expect(client.messages.map(({ method }) => method)).not.toContain('window/workDoneProgress/create');
  });

  it('creates the file that it writes', async () => {
    const tests = 'file:///project/test_a.py';
    const propose: Workbench['propose'] = async (_run, { requirement }): Promise<Proposal> => ({
      requirement,
      snapshot: { uri: tests, path: '/project/test_a.py', languageId: 'python', version: 0, text: '' },
      creates: true,
      edits: [{ span: { start: 0, end: 0 }, newText: 'def test_area(): ...\n' }],
      evidence: evidence(),
    });
    const { client } = await opened(implementing({ propose }));
    const { edit } = await client.request(CodeActionResolveRequest.type, (await actions(client))[0]!);
    expect(edit!.documentChanges).toMatchObject([
      { kind: 'create', uri: tests },
      { textDocument: { uri: tests, version: null }, edits: [{ newText: 'def test_area(): ...\n' }] },
    ]);
    await client.stop();
  });
});

describe('kinds', () => {
  it('are filtered with all below them', async () => {
    const { client } = await opened(implementing());
    const kinds = async (...only: string[]): Promise<(string | undefined)[]> =>
      (await actions(client, { only })).map(({ kind }) => kind);
    expect(await kinds('refactor')).toEqual(['refactor.rewrite.vouch.implement']);
    expect(await kinds('refactor.rewrite.vouch.implement')).toEqual(['refactor.rewrite.vouch.implement']);
    expect(await kinds('refactor.rew')).toEqual([]);
    expect(await kinds('quickfix')).toEqual([]);
    expect(await kinds('source')).toEqual(['source.vouch.validate']);
    expect(await kinds('source.vouch.validate')).toEqual(['source.vouch.validate']);
    await client.stop();
  });

  it('are the very ones asked for where the client compares them', async () => {
    const { client } = await opened(implementing(), { profile: 'eglot19' });
    expect(await actions(client, { only: ['refactor'] })).toMatchObject([{ kind: 'refactor' }]);
    await client.stop();
  });
});

describe('when it cannot be done', () => {
  const failing = (error: unknown): Script => implementing({ propose: () => Promise.reject(error) });
  const noModel = new ModelFailure('not-configured', 'no model is set up: name one in "vouch.models"');

  it('a resolve fails with a message, a progress that ends, and the buffer untouched', async () => {
    const { client } = await opened(failing(noModel));
    const [action] = await actions(client);
    await expect(client.request(CodeActionResolveRequest.type, action!)).rejects.toThrow(
      'no model is set up',
    );
    expect(await client.next('window/showMessage')).toEqual({
      type: 1,
      message: 'vouch: no model is set up: name one in "vouch.models"',
    });
    await client.next('$/progress', ({ value }) => value.kind === 'end');
    expect(client.documents.text(uri)).toBe(stub);
    await client.stop();
  });

  it('a command tells it by a message, having been answered before', async () => {
    const { client } = await opened(failing(noModel), { profile: 'ale' });
    expect(await execute(client, (await actions(client))[0]!.command as unknown as Command)).toBeNull();
    expect(await client.next('window/showMessage')).toMatchObject({ type: 1 });
    expect(client.documents.text(uri)).toBe(stub);
    await client.stop();
  });

  it.each([
    ['vouch.implement', { ...offer, version: 7 }],
    ['vouch.applyFix', { uri, version: 7, span: body, title: 'Write `pass`' }],
    ['vouch.applyFix', { uri, version: 1, span: body, title: 'Write `pass`' }],
    ['vouch.accept', { uri, version: 7, span: body }],
    ['vouch.reject', { uri, version: 7, span: body }],
    ['vouch.showEvidence', { uri, version: 7, span: body }],
  ])('%s with what is out of date tells the user: %j', async (command, argument) => {
    const { client } = await opened(implementing());
    await expect(execute(client, { title: '', command, arguments: [argument] })).rejects.toMatchObject({
      code: -32801,
    });
    expect(await client.next('window/showMessage')).toEqual({
      type: 1,
      message: 'vouch: the document changed while this was worked on',
    });
    await client.stop();
  });

  it('a command that is waited for tells it, though the same was told in the background before', async () => {
    let clock = 0;
    const { client, events } = await opened(failing(noModel), { now: () => clock });
    events.notice('error', noModel.message);
    await client.next('window/showMessage');
    clock += 3_000;
    const params = { command: 'vouch.implement', arguments: [offer], workDoneToken: 7 };
    await expect(client.request(ExecuteCommandRequest.type, params)).rejects.toMatchObject({ code: -32803 });
    expect(await client.next('window/showMessage')).toMatchObject({
      type: 1,
      message: expect.stringContaining('no model is set up'),
    });
    expect(await client.next('$/progress', ({ value }) => value.kind === 'end')).toMatchObject({
      token: 7,
      value: { message: expect.stringContaining('no model is set up') },
    });
    await client.stop();
  });

  it('a bug of ours is an error answer and a line in the log', async () => {
    const { client } = await opened(failing(new TypeError('x is undefined')), { expectsErrors: true });
    const [action] = await actions(client);
    await expect(client.request(CodeActionResolveRequest.type, action!)).rejects.toMatchObject({
      code: -32603,
    });
    expect(await client.next('window/logMessage', ({ type }) => type === 1)).toMatchObject({
      message: expect.stringContaining('x is undefined'),
    });
    await client.stop();
  });

  it('an answer for a text that has changed since is not sent', async () => {
    let release = (): void => undefined;
    const script = implementing();
    const { client, workbench } = await opened({
      ...script,
      async propose(run, offer) {
        await new Promise<void>((resolve) => {
          release = resolve;
        });
        return script.propose!(run, offer);
      },
    });
    const [action] = await actions(client);
    const answer = client.request(CodeActionResolveRequest.type, action!);
    await client.next('$/progress');
    await client.change(uri, { text: `# new\n${stub}` });
    await expect.poll(() => workbench.documents.get(uri)?.version).toBe(2);
    release();
    await expect(answer).rejects.toMatchObject({ code: -32801 });
    expect(await client.next('window/showMessage')).toMatchObject({
      message: 'vouch: the document changed while this was worked on',
    });
    // Neither by resolve nor by command is an old offer begun.
    await expect(client.request(CodeActionResolveRequest.type, action!)).rejects.toMatchObject({
      code: -32801,
    });
    await expect(
      execute(client, { title: '', command: 'vouch.implement', arguments: [offer] }),
    ).rejects.toMatchObject({ code: -32801 });
    await client.stop();
  });

  it.each([
    ['vouch.implement', []],
    ['vouch.implement', [{ uri, version: 1 }]],
    ['vouch.implement', ['nonsense']],
    ['vouch.reject', [{ uri, version: 1, span: { start: 5, end: 1 } }]],
    ['vouch.validate', [7]],
    ['vouch.trustFolder', ['/elsewhere']],
    ['vouch.unheardOf', []],
  ])('%s with %j is refused', async (command, parameters) => {
    const { client } = await opened(implementing());
    await expect(execute(client, { title: '', command, arguments: parameters })).rejects.toMatchObject({
      code: -32602,
    });
    // Editors log the error answer at most: the user, who pressed a key, is told.
    expect(await client.next('window/showMessage')).toMatchObject({ type: 1 });
    await client.stop();
  });

  it('a command of another server, which some clients send to all, is passed over', async () => {
    const { client } = await opened(implementing());
    expect(await execute(client, { title: '', command: 'java.apply', arguments: [] })).toBeNull();
    await client.stop();
  });
});

describe('long work', () => {
  const signals: AbortSignal[] = [];
  const endless = implementing({
    propose(run) {
      signals.push(run.signal);
      return new Promise(() => undefined);
    },
  });

  it('ends when its request is cancelled', async () => {
    const { client } = await opened(endless);
    const source = new CancellationTokenSource();
    const [action] = await actions(client);
    const answer = client.request(CodeActionResolveRequest.type, action!, source.token);
    await client.next('$/progress');
    source.cancel();
    await expect(answer).rejects.toMatchObject({ code: -32800 });
    expect(signals.at(-1)!.aborted).toBe(true);
    await client.next('$/progress', ({ value }) => value.kind === 'end');
    expect(client.messages.some(({ method }) => method === 'window/showMessage')).toBe(false);
    await client.stop();
  });

  it.each(['vscode', 'neovim07'] as const)('ends when %s cancels its progress', async (profile) => {
    const { client } = await opened(endless, { profile });
    const answer = client.request(CodeActionResolveRequest.type, (await actions(client))[0]!);
    const { token } = await client.next('window/workDoneProgress/create');
    await client.next('$/progress');
    await client.notify('window/workDoneProgress/cancel', { token });
    await expect(answer).rejects.toMatchObject({ code: -32800 });
    await client.stop();
  });
});

describe('quick fixes of findings', () => {
  const finding: Finding = {
    check: 'names/unresolved',
    severity: 'error',
    path: '/project/a.py',
    span: { start: 17, end: 20 },
    message: '`...` is not defined',
    fixes: [
      {
        title: 'Write `pass`',
        certain: true,
        edits: [{ path: '/project/a.py', edits: [{ span: body, newText: 'pass' }] }],
      },
    ],
  };
  const diagnose: Workbench['diagnose'] = async () => ({ version: 1, findings: [finding] });

  it('carry their edit and the diagnostic that they mend', async () => {
    const { client } = await opened({ diagnose });
    const diagnostic = {
      range: { start: { line: 1, character: 4 }, end: { line: 1, character: 7 } },
      message: finding.message,
      source: 'vouch',
      code: finding.check,
    };
    const [action] = await actions(client, { diagnostics: [diagnostic] });
    expect(action).toMatchObject({
      title: 'Write `pass`',
      kind: 'quickfix',
      isPreferred: true,
      diagnostics: [diagnostic],
    });
    expect(client.documents.apply(action!.edit!, true)).toEqual({ applied: true });
    expect(client.documents.text(uri)).toBe('def area(r):\n    pass\n');
    await client.stop();
  });

  it('are made by a command where the client has no actions, only commands', async () => {
    const { client } = await opened({ diagnose }, { profile: 'commandsOnly' });
    const [command] = await actions(client);
    expect(command).toMatchObject({ title: 'Write `pass`', command: 'vouch.applyFix' });
    await execute(client, command!);
    await client.next('workspace/applyEdit');
    expect(client.documents.text(uri)).toBe('def area(r):\n    pass\n');
    await client.stop();
  });
});

describe('an edit that the server sends', () => {
  it('is not made of findings that a key overtook, even where the client knows no versions', async () => {
    const finding: Finding = {
      check: 'names/unresolved',
      severity: 'error',
      path: '/project/a.py',
      span: body,
      message: '`...` is not defined',
      fixes: [
        {
          title: 'Write `pass`',
          certain: true,
          edits: [{ path: '/project/a.py', edits: [{ span: body, newText: 'pass' }] }],
        },
      ],
    };
    let asked = false;
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { client, workbench } = await opened(
      {
        async diagnose() {
          asked = true;
          await gate;
          return { version: 1, findings: [finding] };
        },
      },
      { profile: 'commandsOnly' },
    );
    const choice = { uri, version: 1, span: body, title: 'Write `pass`' };
    const answer = execute(client, { title: '', command: 'vouch.applyFix', arguments: [choice] });
    const refused = expect(answer).rejects.toMatchObject({ code: -32801 });
    await expect.poll(() => asked).toBe(true);
    await client.change(uri, { text: `# new\n${stub}` });
    await expect.poll(() => workbench.documents.get(uri)?.version).toBe(2);
    release();
    await refused;
    await client.stop();
    expect(client.messages.map(({ method }) => method)).not.toContain('workspace/applyEdit');
  });

  // A named pipe holds the reading of the other file up for as long as the test likes.
  it.skipIf(process.platform === 'win32')('is not sent when a key came while it was made', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'vouch-edit-'));
    const path = join(folder, 'b.py');
    execFileSync('mkfifo', [path]);
    const edits = ['/project/a.py', path].map((path) => ({ path, edits: [{ span: body, newText: 'pass' }] }));
    const finding: Finding = {
      check: 'names/unresolved',
      severity: 'error',
      path: '/project/a.py',
      span: body,
      message: '`...` is not defined',
      fixes: [{ title: 'Write `pass` twice', certain: true, edits }],
    };
    const { client, workbench } = await opened(
      { diagnose: async () => ({ version: 1, findings: [finding] }) },
      { profile: 'commandsOnly' },
    );
    const choice = { uri, version: 1, span: body, title: 'Write `pass` twice' };
    const answer = execute(client, { title: '', command: 'vouch.applyFix', arguments: [choice] });
    const refused = expect(answer).rejects.toMatchObject({ code: -32801 });
    const writer = await open(path, 'w');
    await client.change(uri, { text: `# new\n${stub}` });
    await expect.poll(() => workbench.documents.get(uri)?.version).toBe(2);
    await writer.write('x = 1\n');
    await writer.close();
    await refused;
    await client.stop();
    expect(client.messages.map(({ method }) => method)).not.toContain('workspace/applyEdit');
    removeFolder(folder);
  });

  it.each([
    ['of a command that works on', {}],
    ['of a command that is waited for', { workDoneToken: 'mine' }],
  ])('and that the client answers with an error is told: %s', async (_, progress) => {
    const { client } = await opened(implementing(), { profile: 'eglot19' });
    client.connection.onRequest('workspace/applyEdit', () => new ResponseError(-32603, 'it is read-only'));
    const params = { command: 'vouch.implement', arguments: [offer], ...progress };
    await client.request(ExecuteCommandRequest.type, params);
    expect(await client.next('window/showMessage')).toEqual({
      type: 2,
      message: 'vouch: the editor did not make the change: it is read-only',
    });
    await client.stop();
  });
});

describe('code that vouch wrote', () => {
  it('tells what was checked on it, by hover and lens, and can be taken back', async () => {
    let regions: Region[] = [];
    const accepted: Region[] = [];
    const accept = (_: string, region: Region): unknown => accepted.push(region);
    const { client } = await opened(implementing({ regions: () => regions, accept }));
    const [action] = await actions(client);
    const { edit } = await client.request(CodeActionResolveRequest.type, action!);
    client.documents.apply(edit!, true);
    regions = [{ span: { start: 17, end: 17 + written.length }, evidence: evidence() }];
    await client.notify('textDocument/didChange', {
      textDocument: { uri, version: 2 },
      contentChanges: [{ text: filled }],
    });

    const hover = await client.connection.sendRequest('textDocument/hover', {
      textDocument: { uri },
      position: { line: 1, character: 6 },
    });
    expect(hover).toMatchObject({
      contents: { kind: 'markdown', value: expect.stringContaining('**Vouched**: 2 checks passed') },
      range: { start: { line: 1, character: 4 }, end: { line: 1, character: 4 + written.length } },
    });
    const lenses = await client.connection.sendRequest<{ command: Command }[]>('textDocument/codeLens', {
      textDocument: { uri },
    });
    expect(lenses.map(({ command }) => command.title)).toEqual([
      'Vouched: 2 checks passed, 1 not run',
      'Accept',
      'Reject',
      'Try another',
      'Run the tests',
    ]);

    await execute(client, lenses[0]!.command);
    expect((await client.next('window/showMessage')).message).toContain('written by coder @ localhost');
    await execute(client, lenses[1]!.command);
    expect(accepted).toEqual(regions);
    await execute(client, lenses[2]!.command);
    await client.next('workspace/applyEdit');
    expect(client.documents.text(uri)).toBe(stub);
    await client.stop();
  });

  it('is tried again on demand: the model is told what was not wanted', async () => {
    let regions: Region[] = [];
    const asked: Offer[] = [];
    const script = implementing({ regions: () => regions });
    const { client } = await opened({
      ...script,
      propose: (run, one) => {
        asked.push(one);
        return script.propose!(run, one);
      },
    });
    const [action] = await actions(client);
    const { edit } = await client.request(CodeActionResolveRequest.type, action!);
    client.documents.apply(edit!, true);
    regions = [{ span: { start: 17, end: 17 + written.length }, evidence: evidence() }];
    await client.notify('textDocument/didChange', {
      textDocument: { uri, version: 2 },
      contentChanges: [{ text: filled }],
    });
    const lenses = await client.connection.sendRequest<{ command: Command }[]>('textDocument/codeLens', {
      textDocument: { uri },
    });
    await execute(client, lenses.find(({ command }) => command.title === 'Try another')!.command);
    await expect.poll(() => asked.length).toBe(2);
    expect(asked[1]!.version).toBe(2);
    expect(asked[1]!.another!.trim()).toBe(written);
    const { target } = asked[1]!.requirement;
    expect(filled.slice(target.start, target.end)).toBe(asked[1]!.another);
    await client.stop();
  });

  it('and any selection can be looked at with all there is; what came of it is told', async () => {
    const spans: unknown[] = [];
    const { client } = await opened({
      validate: async (_run, _uri, span) => {
        spans.push(span);
        return {
          version: 1,
          findings: [],
          checks: [
            { name: 'checks', outcome: 'passed' },
            { name: 'types/pyright', outcome: 'passed' },
            { name: 'tests/failed', outcome: 'not-run', note: 'no test names it' },
          ],
        };
      },
    });
    const [action] = (await client.connection.sendRequest('textDocument/codeAction', {
      textDocument: { uri },
      range: { start: { line: 0, character: 0 }, end: { line: 0, character: 3 } },
      context: { diagnostics: [], only: ['source.vouch.validate'] },
    })) as { command: Command }[];
    await execute(client, action!.command);
    expect(spans).toEqual([{ start: 0, end: 3 }]);
    expect((await client.next('window/showMessage')).message).toBe(
      'vouch: Nothing found; not run: tests/failed (no test names it); passed: checks, types/pyright',
    );
    await execute(client, { title: '', command: 'vouch.validate', arguments: [uri] });
    expect(spans.at(-1)).toBeUndefined();
    await client.stop();
  });

  it('which goes on after the answer where the client follows none, and ends when its text is another', async () => {
    const runs: Run[] = [];
    const { client } = await opened(
      {
        validate: (run) => {
          runs.push(run);
          run.report({ message: 'Running the tests' });
          return new Promise((_, reject) =>
            run.signal.addEventListener('abort', () => reject(run.signal.reason)),
          );
        },
      },
      { profile: 'vscode' },
    );
    const check = { title: '', command: 'vouch.validate', arguments: [uri] };
    expect(await execute(client, check)).toBeNull();
    expect(await execute(client, check)).toBeNull();
    expect(runs).toHaveLength(1);
    await client.next('$/progress', ({ value }) => value.message === 'Running the tests');
    await client.notify('textDocument/didChange', {
      textDocument: { uri, version: 2 },
      contentChanges: [{ text: '' }],
    });
    await client.next('$/progress', ({ value }) => value.kind === 'end');
    expect(runs[0]!.signal.aborted).toBe(true);
    await client.stop();
  });
});
