// How settings and folders reach the workbench: at the start, pulled, pushed, by folder, and with what is wrong in them.

import { describe, expect, it } from 'vitest';
import { ExecuteCommandRequest, HoverRequest } from 'vscode-languageserver';
import { defaultSettings, type Settings } from '../../server/core/settings.ts';
import type { SettingsLoader } from '../../server/lsp/configuration.ts';
import type { Folder, Workbench } from '../../server/orchestration/workbench.ts';
import type { ClientOptions, LspClient } from '../kit/client.ts';
import { scriptedServer } from '../kit/scripted-workbench.ts';

interface Configured {
  readonly folders: readonly Folder[];
  readonly outside: Settings;
}

/** What the loader was told by the client ends up in `privacy.exclude`, where it can be looked at. */
const echo: SettingsLoader = async (folder, client) => ({
  settings: { ...defaultSettings, privacy: { exclude: [`${folder}`, JSON.stringify(client)], redact: true } },
  problems:
    client && JSON.stringify(client).includes('modles')
      ? ['unknown setting "modles"; did you mean "models"?']
      : [],
});

async function configured(
  options: ClientOptions,
): Promise<{ client: LspClient; calls: Configured[]; last: () => string[][] }> {
  const calls: Configured[] = [];
  const configure: Workbench['configure'] = (folders, outside) => calls.push({ folders, outside });
  const { client } = await scriptedServer({ configure }, { ...options, loadSettings: echo });
  await client.request(HoverRequest.type, {
    textDocument: { uri: 'file:///x' },
    position: { line: 0, character: 0 },
  });
  const last = (): string[][] => {
    const { folders, outside } = calls.at(-1)!;
    return [outside, ...folders.map(({ settings }) => settings)].map(({ privacy }) => privacy.exclude);
  };
  return { client, calls, last };
}

describe('settings', () => {
  it('come from the initialization options, with or without the section around them', async () => {
    for (const initializationOptions of [
      { completion: { engine: 'off' } },
      { vouch: { completion: { engine: 'off' } } },
    ]) {
      const { client, last } = await configured({
        profile: 'ale',
        initializationOptions,
        folders: ['/project'],
      });
      const told = '{"completion":{"engine":"off"}}';
      expect(last()).toEqual([
        ['undefined', told],
        ['/project', told],
      ]);
      await client.stop();
    }
  });

  it('are asked for by folder where the client can be asked', async () => {
    const { client, last } = await configured({
      folders: ['/one', '/two'],
      settings: { budget: { repairs: 1 } },
    });
    expect(await client.next('workspace/configuration')).toEqual({
      items: [
        { section: 'vouch' },
        { section: 'vouch', scopeUri: 'file:///one' },
        { section: 'vouch', scopeUri: 'file:///two' },
      ],
    });
    expect(last()).toEqual([
      ['undefined', '{"budget":{"repairs":1}}'],
      ['/one', '{"budget":{"repairs":1}}'],
      ['/two', '{"budget":{"repairs":1}}'],
    ]);
    await client.stop();
  });

  it('that the client has are in force from the first request on, never only those it began with', async () => {
    const told = { privacy: { exclude: ['secret/**'] } };
    const { client, calls, last } = await configured({
      initializationOptions: { completion: { engine: 'auto' } },
      settings: told,
    });
    expect(last()).toEqual([['undefined', JSON.stringify(told)]]);
    expect(calls).toHaveLength(1);
    await client.stop();
  });

  it('that come late are not waited for for ever, and hold when they come', async () => {
    let tell = (_settings: unknown): void => undefined;
    const told = new Promise((resolve) => {
      tell = resolve;
    });
    const { client, last } = await configured({
      initializationOptions: { budget: { repairs: 1 } },
      settings: () => told,
    });
    expect(last()).toEqual([['undefined', '{"budget":{"repairs":1}}']]);
    tell({ budget: { repairs: 2 } });
    await expect.poll(last).toEqual([['undefined', '{"budget":{"repairs":2}}']]);
    await client.stop();
  });

  it('that the client takes away are in force no longer', async () => {
    let settings: unknown = { budget: { repairs: 2 } };
    const { client, last } = await configured({
      folders: ['/project'],
      initializationOptions: { budget: { repairs: 1 } },
      settings: () => settings,
    });
    expect(last()[0]).toEqual(['undefined', '{"budget":{"repairs":2}}']);
    settings = null;
    await client.notify('workspace/didChangeConfiguration', { settings: null });
    await expect.poll(last).toEqual([
      ['undefined', '{"budget":{"repairs":1}}'],
      ['/project', '{"budget":{"repairs":1}}'],
    ]);
    await client.stop();
  });

  it('that the client pushed are in force until it pushes others, or none', async () => {
    const { client, last, calls } = await configured({
      profile: 'eglot19',
      initializationOptions: { budget: { repairs: 1 } },
    });
    const push = (vouch: unknown): Promise<void> =>
      client.notify('workspace/didChangeConfiguration', { settings: { vouch } });
    await push({ budget: { repairs: 0 } });
    await expect.poll(last).toEqual([['undefined', '{"budget":{"repairs":0}}']]);
    const before = calls.length;
    await client.notify('workspace/didChangeConfiguration', { settings: null });
    await expect.poll(() => calls.length).toBe(before + 1);
    expect(last()).toEqual([['undefined', '{"budget":{"repairs":0}}']]);
    await push({});
    await expect.poll(last).toEqual([['undefined', '{}']]);
    await push(null);
    await expect.poll(last).toEqual([['undefined', '{"budget":{"repairs":1}}']]);
    await client.stop();
  });

  it('are taken when they are pushed, and those of other servers left alone', async () => {
    const { client, last, calls } = await configured({ profile: 'ale' });
    await client.notify('workspace/didChangeConfiguration', {
      settings: { vouch: { budget: { repairs: 0 } } },
    });
    await expect.poll(last).toEqual([['undefined', '{"budget":{"repairs":0}}']]);
    const before = calls.length;
    await client.notify('workspace/didChangeConfiguration', { settings: { pylsp: { plugins: {} } } });
    await expect.poll(() => calls.length).toBe(before + 1);
    expect(last()).toEqual([['undefined', '{"budget":{"repairs":0}}']]);
    await client.stop();
  });

  it('that are unknown are named, once', async () => {
    const { client } = await configured({
      profile: 'eglot19',
      folders: ['/one', '/two'],
      initializationOptions: { modles: {} },
    });
    expect(await client.next('window/showMessage')).toEqual({
      type: 2,
      message: 'vouch: unknown setting "modles"; did you mean "models"?',
    });
    await client.notify('workspace/didChangeConfiguration', { settings: null });
    await client.next('workspace/configuration');
    await client.next('workspace/configuration');
    await client.stop();
    expect(client.messages.filter(({ method }) => method === 'window/showMessage')).toHaveLength(1);
  });

  it('do not keep the server from answering when the client never tells them', async () => {
    const { client, last } = await configured({ profile: 'ale', folders: ['/project'] });
    expect(last().map(([folder]) => folder)).toEqual(['undefined', '/project']);
    await client.stop();
  });
});

describe('trust', () => {
  it('is given to an open folder by a command, and the settings are read again', async () => {
    const trusted: string[] = [];
    const read: (string | undefined)[] = [];
    const { client } = await scriptedServer(
      {},
      {
        folders: ['/one', '/two'],
        trustFolder: async (folder) => void trusted.push(folder),
        loadSettings: async (folder) => {
          read.push(folder);
          return { settings: defaultSettings, problems: [] };
        },
      },
    );
    const trust = (...folder: string[]): Promise<unknown> =>
      client.request(ExecuteCommandRequest.type, { command: 'vouch.trustFolder', arguments: folder });
    await trust('/two');
    expect(trusted).toEqual(['/two']);
    expect(read.filter((folder) => folder === '/two')).toHaveLength(2);
    await expect(trust('/elsewhere')).rejects.toThrow('/one, /two');
    expect(trusted).toEqual(['/two']);
    await client.stop();
  });
});

describe('folders', () => {
  it('are the root where the client knows no workspace folders', async () => {
    const { client, calls } = await configured({ profile: 'kakoune', folders: ['/root'] });
    expect(calls[0]!.folders.map(({ path }) => path)).toEqual(['/root']);
    await client.stop();
  });

  it('come and go', async () => {
    const { client, calls } = await configured({ folders: ['/one', '/two'] });
    await client.notify('workspace/didChangeWorkspaceFolders', {
      event: {
        added: [{ uri: 'file:///three%20b', name: 'three' }],
        removed: [{ uri: 'file:///one', name: 'one' }],
      },
    });
    await expect.poll(() => calls.at(-1)!.folders.map(({ path }) => path)).toEqual(['/two', '/three b']);
    await client.stop();
  });
});
