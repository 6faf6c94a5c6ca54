// textDocument/didOpen, didChange, didSave, didClose as editors send them.
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { HoverRequest } from 'vscode-languageserver';
import type { Language } from '../../server/core/language.ts';
import { createDocuments, type DocumentEvent } from '../../server/input/documents.ts';
import type { LspClient } from '../kit/client.ts';
import { removeFolder } from '../kit/remove-folder.ts';
import { scriptedServer } from '../kit/scripted-workbench.ts';

const uri = 'file:///project/na%C3%AFve%20file.py';

/** Every message before this one has been worked on once it is answered. */
const settle = (client: LspClient): Promise<unknown> =>
  client.request(HoverRequest.type, { textDocument: { uri }, position: { line: 0, character: 0 } });

const language = {
  id: 'fancy',
  aliases: ['fancyreact'],
  extensions: ['.fy'],
  filenames: ['Fancyfile'],
} as unknown as Language;

describe('documents', () => {
  it('are opened with their path, changed in place, saved and closed', async () => {
    const documents = createDocuments();
    const events: DocumentEvent['type'][] = [];
    documents.listen(({ type }) => events.push(type));
    const { client } = await scriptedServer({ documents });
    await client.open(uri, 'python', 'a🎉 = 1\nb = 2\n');
    await settle(client);
    expect(documents.get(uri)).toMatchObject({ path: '/project/naïve file.py', version: 1 });
    await client.change(
      uri,
      { range: { start: { line: 0, character: 3 }, end: { line: 0, character: 7 } }, text: ' = 3' },
      { range: { start: { line: 1, character: 0 }, end: { line: 2, character: 0 } }, text: '' },
    );
    await client.notify('textDocument/didSave', { textDocument: { uri } });
    await settle(client);
    expect(documents.get(uri)).toMatchObject({ text: 'a🎉 = 3\n', version: 2 });
    expect(documents.get(uri)!.text).toBe(client.documents.text(uri));
    await client.close(uri);
    await settle(client);
    expect(documents.get(uri)).toBeUndefined();
    expect(events).toEqual(['opened', 'changed', 'saved', 'closed']);
    await client.stop();
  });

  it.each(['untitled:Untitled-1', 'git:/project/a.py?HEAD', 'file://host%zz/%', 'nonsense'])(
    'that have no place on disk are served: %s',
    async (strange) => {
      const documents = createDocuments();
      const { client } = await scriptedServer({ documents });
      await client.open(strange, 'python', 'x = 1\n');
      await settle(client);
      expect(documents.get(strange)).toMatchObject({ path: '', text: 'x = 1\n' });
      await client.stop();
    },
  );

  it('get the language of their id, of their name, or the one the client names', async () => {
    const documents = createDocuments();
    const { client } = await scriptedServer({ documents, languages: [language] });
    await client.open('file:///p/a.txt', 'fancyreact', '');
    await client.open('file:///p/a.fy', 'plaintext', '');
    await client.open('file:///p/Fancyfile', 'plaintext', '');
    await client.open('file:///p/a.zz', 'zz', '');
    await settle(client);
    expect(documents.all().map(({ languageId }) => languageId)).toEqual(['fancy', 'fancy', 'fancy', 'zz']);
    await client.stop();
  });

  it('sent whole at each change arrive as the edit that was made', async () => {
    const documents = createDocuments();
    const { client } = await scriptedServer({ documents }, { profile: 'ale' });
    await client.open(uri, 'python', 'one = 1\ntwo = 2\n');
    const changed = new Promise((resolve) => {
      documents.listen((event) => {
        if (event.type === 'changed') resolve(event.edits);
      });
    });
    await client.change(uri, {
      range: { start: { line: 1, character: 3 }, end: { line: 1, character: 3 } },
      text: '!',
    });
    expect(await changed).toEqual([{ span: { start: 11, end: 11 }, newText: '!' }]);
    await client.stop();
  });
});

describe('the project file', () => {
  it('is read again when it is saved, and when it changed on disk', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'vouch-'));
    const settingsUri = pathToFileURL(join(folder, '.vouch.json')).href;
    const configured: number[] = [];
    const changed: string[] = [];
    const { client } = await scriptedServer(
      {
        configure: (folders) => configured.push(folders.length),
        filesChanged: (paths) => changed.push(...paths),
      },
      { profile: 'neovim07', folders: [folder] },
    );
    await client.next('workspace/configuration');
    await client.open(settingsUri, 'json', '{}');
    await settle(client);
    const before = configured.length;
    await client.notify('textDocument/didSave', { textDocument: { uri: settingsUri } });
    await client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: settingsUri, type: 2 }] });
    await expect.poll(() => configured.length).toBeGreaterThan(before);
    expect(changed).toEqual([join(folder, '.vouch.json')]);
    await client.stop();
    removeFolder(folder);
  });
});
