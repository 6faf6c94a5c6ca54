// textDocument/completion, completionItem/resolve and textDocument/inlineCompletion, as different editors need them.

import { describe, expect, it } from 'vitest';
import {
  CancellationTokenSource,
  type CompletionList,
  CompletionRequest,
  CompletionResolveRequest,
  InlineCompletionRequest,
} from 'vscode-languageserver';
import { ModelFailure } from '../../server/core/model.ts';
import type { CompletionCandidate } from '../../server/core/task.ts';
import type { CompletionQuestion, Workbench } from '../../server/orchestration/workbench.ts';
import type { ClientOptions, LspClient } from '../kit/client.ts';
import { candidate, evidence, scriptedServer } from '../kit/scripted-workbench.ts';

const uri = 'file:///project/a.py';

interface Opened {
  readonly client: LspClient;
  readonly questions: CompletionQuestion[];
  readonly list: () => Promise<CompletionList>;
  readonly inline: (selected?: string) => Promise<unknown>;
  readonly position: { line: number; character: number };
}

/** Opens `text`, whose cursor is at `$0`, with an engine that answers `candidates` for it. */
async function opened(
  text: string,
  candidates: (start: number, cursor: number) => CompletionCandidate[],
  options: ClientOptions = {},
): Promise<Opened> {
  const cursor = text.indexOf('$0');
  const plain = text.replace('$0', '');
  const start = cursor - /\w*$/.exec(plain.slice(0, cursor))![0].length;
  const questions: CompletionQuestion[] = [];
  const complete: Workbench['complete'] = async (_run, question) => {
    questions.push(question);
    return { version: 1, candidates: candidates(start, cursor), incomplete: true };
  };
  const { client } = await scriptedServer({ complete }, options);
  await client.open(uri, 'python', plain);
  const before = plain.slice(0, cursor).split('\n');
  const position = { line: before.length - 1, character: before.at(-1)!.length };
  return {
    client,
    questions,
    position,
    list: async () =>
      (await client.request(CompletionRequest.type, { textDocument: { uri }, position })) as CompletionList,
    inline: (selected) =>
      client.request(InlineCompletionRequest.type, {
        textDocument: { uri },
        position,
        context: {
          triggerKind: 2,
          ...(selected === undefined
            ? {}
            : { selectedCompletionInfo: { range: { start: position, end: position }, text: selected } }),
        },
      }),
  };
}

describe('a completion of one line', () => {
  it('replaces the typed word, with ranges for insert and replace where the client knows both', async () => {
    const { client, list, questions } = await opened('def f(x):\n    ret$0urned', (start, cursor) => [
      candidate('return x', start, cursor + 5),
    ]);
    const { isIncomplete, items } = await list();
    expect(isIncomplete).toBe(true);
    expect(items).toMatchObject([
      {
        label: 'return x',
        filterText: 'return x',
        labelDetails: { description: 'vouch' },
        insertTextFormat: 1,
        insertTextMode: 1,
        textEdit: {
          newText: 'return x',
          insert: { start: { line: 1, character: 4 }, end: { line: 1, character: 7 } },
          replace: { start: { line: 1, character: 4 }, end: { line: 1, character: 12 } },
        },
      },
    ]);
    expect(questions).toEqual([{ uri, offset: 17, invoked: true, multiline: true }]);
    await client.stop();
  });

  it('begins at the word for clients that compare words only, wherever the candidate begins', async () => {
    const { client, list } = await opened(
      'x = value.na$0',
      () => [candidate('value.name', 4, 12), candidate('native', 10, 12), candidate('med', 12, 12)],
      { profile: 'ale' },
    );
    const { items } = await list();
    expect(items).toMatchObject([
      {
        label: 'name',
        textEdit: {
          newText: 'name',
          range: { start: { line: 0, character: 10 }, end: { line: 0, character: 12 } },
        },
      },
      { label: 'native' },
      { label: 'named', textEdit: { newText: 'named', range: { start: { character: 10 } } } },
    ]);
    await client.stop();
  });

  it('counts in bytes for a client that does', async () => {
    const { client, list } = await opened(
      's = "é🎉" + na$0',
      (start, cursor) => [candidate('name', start, cursor)],
      { profile: 'helix', encodings: ['utf-8'] },
    );
    // The request itself is in bytes, too: two more for é, two more for the emoji than UTF-16 has.
    const items = (
      (await client.request(CompletionRequest.type, {
        textDocument: { uri },
        position: { line: 0, character: Buffer.byteLength('s = "é🎉" + na') },
      })) as CompletionList
    ).items;
    expect(items[0]).toMatchObject({
      textEdit: { insert: { start: { character: 15 }, end: { character: 17 } } },
    });
    await client.stop();
    void list;
  });

  it('that does not agree with what is typed is left out', async () => {
    const { client, list } = await opened('x = na$0', () => [
      candidate('    other', 0, 6),
      candidate('na', 4, 6),
    ]);
    expect((await list()).items).toEqual([]);
    await client.stop();
  });

  it('brings its import along', async () => {
    const { client, list } = await opened('os$0', (start, cursor) => [
      candidate('os.path', start, cursor, {
        additionalEdits: [{ span: { start: 0, end: 0 }, newText: 'import os\n' }],
      }),
    ]);
    expect((await list()).items[0]).toMatchObject({
      additionalTextEdits: [{ newText: 'import os\n', range: { start: { line: 0, character: 0 } } }],
    });
    await client.stop();
  });
});

describe('a completion of several lines', () => {
  const body = 'return [\n        x,\n    ]';
  const whole = (start: number, cursor: number): CompletionCandidate[] => [
    candidate(body, start, cursor, { source: 'model', evidence: evidence() }),
  ];

  it('has a short label and comes whole', async () => {
    const { client, list } = await opened('def f(x):\n    ret$0', whole);
    expect((await list()).items).toMatchObject([{ label: 'return [ …', textEdit: { newText: body } }]);
    await client.stop();
  });

  it.each(['neovim07', 'ale', 'eglot19', 'kakoune'] as const)(
    'is cut to its first line for %s',
    async (profile) => {
      const { client, list, questions } = await opened('def f(x):\n    ret$0', whole, { profile });
      expect((await list()).items).toMatchObject([{ label: 'return [', textEdit: { newText: 'return [' } }]);
      expect(questions[0]!.multiline).toBe(false);
      await client.stop();
    },
  );

  it('shows itself and what was checked on it when its details are asked for', async () => {
    const { client, list } = await opened('def f(x):\n    ret$0', whole);
    const [item] = (await list()).items;
    const resolved = await client.request(CompletionResolveRequest.type, item!);
    expect(resolved.documentation).toEqual({
      kind: 'markdown',
      value: [
        '```python',
        body,
        '```',
        '',
        '**Vouched**: 2 checks passed, 1 not run (written by `coder @ localhost`, 1.2 s)',
        '',
        '- ✓ `syntax/error`',
        '- ✓ `names/unresolved`',
        '- – `tests/failed`: there are none',
      ].join('\n'),
    });
    // An item that the server does not know, or that some client made up, comes back as it is.
    for (const data of [undefined, 'nonsense', { list: 99, index: 0 }]) {
      const strange = { label: 'strange', ...(data === undefined ? {} : { data }) };
      expect(await client.request(CompletionResolveRequest.type, strange)).toEqual(strange);
    }
    await client.stop();
  });

  it('is expected in the document when a model wrote it, so that its evidence is kept', async () => {
    const offered: unknown[][] = [];
    const complete: Workbench['complete'] = async () => ({
      version: 1,
      candidates: [...whole(10, 13), candidate('returned', 10, 13)],
      incomplete: false,
    });
    const { client } = await scriptedServer({
      complete,
      offered: (...parameters) => offered.push(parameters),
    });
    await client.open(uri, 'python', 'def f(x):\nret');
    const place = { textDocument: { uri }, position: { line: 1, character: 3 } };
    await client.request(CompletionRequest.type, place);
    expect(offered).toEqual([[uri, [{ span: { start: 10, end: 13 }, newText: body }], evidence()]]);
    await client.stop();
  });

  it('that begins with a line break is named by its first line that says something', async () => {
    const { client, list } = await opened('def f(x):$0', (_start, cursor) => [
      candidate('\n    return x', cursor, cursor),
    ]);
    expect((await list()).items).toMatchObject([
      { label: 'return x …', textEdit: { newText: '\n    return x' } },
    ]);
    await client.stop();
  });

  it('replaces lines below by an edit besides, since the range may not leave the line', async () => {
    const { client, list } = await opened('ret$0 a\nb', (start) => [candidate('return', start, 7)]);
    const [item] = (await list()).items;
    expect(item).toMatchObject({
      textEdit: { replace: { end: { line: 0, character: 5 } } },
      additionalTextEdits: [
        { newText: '', range: { start: { line: 0, character: 5 }, end: { line: 1, character: 1 } } },
      ],
    });
    await client.stop();
  });
});

describe('inline completion', () => {
  it('has a range over the typed prefix and comes whole', async () => {
    const { client, inline } = await opened('def f(x):\n    ret$0', (start, cursor) => [
      candidate('return [\n        x,\n    ]', start, cursor),
    ]);
    expect(await inline()).toEqual({
      items: [
        {
          insertText: 'return [\n        x,\n    ]',
          filterText: 'return [\n        x,\n    ]',
          range: { start: { line: 1, character: 4 }, end: { line: 1, character: 7 } },
        },
      ],
    });
    await client.stop();
  });

  it('goes on from the entry that is selected in the menu', async () => {
    const { client, inline } = await opened('pri$0', (start, cursor) => [
      candidate('private_key()', start, cursor),
      candidate('print(x)', start, cursor),
    ]);
    expect(await inline('print')).toMatchObject({ items: [{ insertText: 'print(x)' }] });
    await client.stop();
  });
});

describe('a completion that the client calls invoked', () => {
  it('counts as typing right after a change of that document, and as asked for otherwise', async () => {
    const invoked: boolean[] = [];
    const complete: Workbench['complete'] = async (_run, question) => {
      invoked.push(question.invoked);
      return { version: 0, candidates: [], incomplete: false };
    };
    let clock = 1_000;
    const { client } = await scriptedServer({ complete }, { now: () => clock });
    const other = 'file:///project/b.py';
    await client.open(uri, 'python', 'x');
    await client.open(other, 'python', 'x');
    const ask = (uri: string, triggerKind: 1 | 2 | 3 = 1): Promise<unknown> =>
      client.request(CompletionRequest.type, {
        textDocument: { uri },
        position: { line: 0, character: 0 },
        context: { triggerKind },
      });
    await ask(uri);
    await client.change(uri, { text: 'xy' });
    await ask(uri);
    await ask(other);
    clock += 299;
    await ask(uri);
    clock += 1;
    await ask(uri);
    await ask(uri, 2);
    await ask(uri, 3);
    expect(invoked).toEqual([true, false, true, false, true, false, false]);
    await client.stop();
  });
});

describe('requests that are overtaken', () => {
  const forever: Workbench['complete'] = (_run, { offset }) =>
    offset === 0
      ? new Promise(() => undefined)
      : Promise.resolve({ version: 1, candidates: [candidate('xy', 0, 1)], incomplete: false });
  const at = (
    character: number,
  ): { textDocument: { uri: string }; position: { line: 0; character: number } } => ({
    textDocument: { uri },
    position: { line: 0, character },
  });

  it('are answered at once: empty, and to be asked again', async () => {
    const { client } = await scriptedServer({ complete: forever });
    await client.open(uri, 'python', 'x');
    const first = client.request(CompletionRequest.type, at(0));
    const second = client.request(CompletionRequest.type, at(1));
    expect(await first).toEqual({ isIncomplete: true, items: [] });
    expect(await second).toMatchObject({ isIncomplete: false, items: [{ label: 'xy' }] });
    await client.stop();
  });

  it('are answered when cancelled, though the engine does not listen', async () => {
    const { client } = await scriptedServer({ complete: forever });
    await client.open(uri, 'python', 'x');
    const source = new CancellationTokenSource();
    const answer = client.request(CompletionRequest.type, at(0), source.token);
    source.cancel();
    await expect(answer).rejects.toMatchObject({ code: -32800 });
    await client.stop();
  });

  it('bring nothing of an older version', async () => {
    let release = (): void => undefined;
    const complete: Workbench['complete'] = async () => {
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      return { version: 1, candidates: [candidate('xy', 0, 1)], incomplete: false };
    };
    const { client, workbench } = await scriptedServer({ complete });
    await client.open(uri, 'python', 'x');
    const answer = client.request(CompletionRequest.type, at(1));
    await client.change(uri, { text: 'z' });
    await expect.poll(() => workbench.documents.get(uri)?.version).toBe(2);
    release();
    expect(await answer).toEqual({ isIncomplete: true, items: [] });
    await client.stop();
  });
});

describe('a completion that fails', () => {
  it('is told once, not at every key', async () => {
    const complete: Workbench['complete'] = () =>
      Promise.reject(
        new ModelFailure('unreachable', 'no model server answers at localhost:1; is it running?'),
      );
    const { client } = await scriptedServer({ complete });
    await client.open(uri, 'python', 'x');
    for (let key = 0; key < 3; key++) {
      await expect(
        client.request(CompletionRequest.type, {
          textDocument: { uri },
          position: { line: 0, character: 0 },
        }),
      ).rejects.toMatchObject({ code: -32803 });
    }
    expect(client.messages.filter(({ method }) => method === 'window/showMessage')).toEqual([
      {
        method: 'window/showMessage',
        params: { type: 1, message: 'vouch: no model server answers at localhost:1; is it running?' },
      },
    ]);
    await client.stop();
  });
});
