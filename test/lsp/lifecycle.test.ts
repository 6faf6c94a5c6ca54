// From initialize to exit: what each editor is told, and every way in which it may leave.

import { describe, expect, it } from 'vitest';
import { CompletionRequest, HoverRequest } from 'vscode-languageserver';
import { type ProfileName, profiles } from '../kit/profiles.ts';
import { scriptedServer } from '../kit/scripted-workbench.ts';

const uri = 'file:///project/a.py';

describe('initialize', () => {
  it('says what it can, to a client that can everything', async () => {
    const { client } = await scriptedServer({});
    expect(client.capabilities).toMatchObject({
      positionEncoding: 'utf-16',
      textDocumentSync: { openClose: true, change: 2 },
      completionProvider: { resolveProvider: true },
      inlineCompletionProvider: {},
      codeActionProvider: { resolveProvider: true },
      diagnosticProvider: { interFileDependencies: true, workspaceDiagnostics: false },
      hoverProvider: true,
    });
    expect(client.initializeResult.serverInfo).toEqual({ name: 'vouch', version: '0.0.0' });
    expect(await client.stop()).toBe(0);
  });

  it('offers diagnostics to be pulled only where they are pulled', async () => {
    const { client } = await scriptedServer({}, { profile: 'eglot19' });
    expect(client.capabilities.diagnosticProvider).toBeUndefined();
    expect(client.capabilities.codeActionProvider).toMatchObject({ resolveProvider: false });
    await client.stop();
  });

  it('registers by itself only what the client lets it', async () => {
    const neovim = await scriptedServer({}, { profile: 'neovim07' });
    await neovim.client.next('workspace/configuration');
    await neovim.client.stop();
    expect(neovim.client.messages.map(({ method }) => method)).not.toContain('client/registerCapability');

    const { client } = await scriptedServer({});
    const { registrations } = await client.next('client/registerCapability');
    expect(registrations.map(({ method }: { method: string }) => method)).toEqual([
      'workspace/didChangeConfiguration',
      'workspace/didChangeWatchedFiles',
    ]);
    await client.stop();
  });
});

describe('an editor leaves', () => {
  it.each(Object.keys(profiles) as ProfileName[])('%s, and the workbench is disposed of', async (profile) => {
    let disposed = 0;
    const dispose = async (): Promise<void> => {
      disposed += 1;
    };
    const { client } = await scriptedServer({ dispose }, { profile });
    await client.open(uri, 'python', 'x = 1\n');
    await client.stop();
    expect(disposed).toBe(1);
  });

  it('with a request still running, which is answered', async () => {
    const { client } = await scriptedServer({ complete: () => new Promise(() => undefined) });
    await client.open(uri, 'python', 'x = 1\n');
    const answer = client.request(CompletionRequest.type, {
      textDocument: { uri },
      position: { line: 0, character: 0 },
    });
    const settled = expect(answer).rejects.toThrow('cancelled: shutdown');
    await client.connection.sendRequest('shutdown');
    await settled;
    await client.stop();
  });
});

describe('messages out of order', () => {
  it('a request after shutdown is refused', async () => {
    const { client } = await scriptedServer({});
    await client.connection.sendRequest('shutdown');
    const parameters = { textDocument: { uri }, position: { line: 0, character: 0 } };
    await expect(client.request(HoverRequest.type, parameters)).rejects.toMatchObject({ code: -32600 });
    await client.stop();
  });

  it('a second initialize is refused, an unknown method too', async () => {
    const { client } = await scriptedServer({});
    await expect(client.connection.sendRequest('initialize', { capabilities: {} })).rejects.toMatchObject({
      code: -32600,
    });
    await expect(client.connection.sendRequest('textDocument/nonsense')).rejects.toMatchObject({
      code: -32601,
    });
    await client.stop();
  });

  it('a document that was never opened can be closed and changed, as Eglot does after a rename', async () => {
    const { client } = await scriptedServer({}, { profile: 'eglot19' });
    const renamed = 'file:///project/renamed.py';
    await client.open(uri, 'python', 'x = 1\n');
    await client.notify('textDocument/didClose', { textDocument: { uri: renamed } });
    await client.notify('textDocument/didChange', {
      textDocument: { uri: renamed, version: 3 },
      contentChanges: [{ text: 'y' }],
    });
    await client.open(renamed, 'python', 'x = 1\n');
    const parameters = { textDocument: { uri: renamed }, position: { line: 0, character: 0 } };
    expect(await client.request(HoverRequest.type, parameters)).toBeNull();
    await client.stop();
  });

  it('a request with parameters of a wrong shape gets an error, and the server lives on', async () => {
    const { client } = await scriptedServer({}, { expectsErrors: true });
    await client.open(uri, 'python', 'x = 1\n');
    await expect(client.connection.sendRequest('textDocument/hover', {})).rejects.toMatchObject({
      code: -32602,
    });
    await expect(
      client.connection.sendRequest('textDocument/hover', {
        textDocument: { uri },
        position: { line: 'first', character: null },
      }),
    ).rejects.toMatchObject({ code: -32602 });
    await client.notify('textDocument/didChange', { textDocument: { uri, version: 2 }, contentChanges: 7 });
    const parameters = { textDocument: { uri }, position: { line: 0, character: 0 } };
    expect(await client.request(HoverRequest.type, parameters)).toBeNull();
    await client.stop();
  });
});
