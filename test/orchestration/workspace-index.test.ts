// The workspace index within the whole of vouch: made from the first document on, kept true, told of in the status.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { detachedRun } from '../../server/core/run.ts';
import { defaultSettings } from '../../server/core/settings.ts';
import { createIndexing } from '../../server/orchestration/analysis/indexing.ts';
import { createWorkbench } from '../../server/orchestration/create-workbench.ts';
import { tree, write } from '../input/workspace/tree.ts';

async function workbenchOn(path: string, findingsChanged: () => void = () => undefined) {
  const workbench = await createWorkbench({
    notice: () => undefined,
    log: () => undefined,
    ask: async () => undefined,
    findingsChanged,
  });
  onTestFinished(() => workbench.dispose());
  workbench.configure([{ path, settings: defaultSettings }], defaultSettings);
  /** Waits for the index to know that many declarations. */
  const knows = async (symbols: number) => {
    for (;;) {
      const { index } = await workbench.status();
      if (index.ready && index.symbols === symbols) return index;
      await sleep(10);
    }
  };
  return { workbench, knows };
}

const open = (path: string, name: string, text: string) => ({
  uri: pathToFileURL(join(path, name)).href,
  path: join(path, name),
  languageId: 'python',
  version: 1,
  text,
});

describe('the index of the workspace', () => {
  it('is made from the first document on, and says what it left out', async () => {
    const path = tree({ 'a.py': 'def a(): pass\n', 'b.py': 'def b(): pass\n', 'c.txt': '' });
    const { workbench, knows } = await workbenchOn(path);
    workbench.documents.open(open(path, 'a.py', 'def a(): pass\n'));
    expect(await knows(2)).toMatchObject({ files: 2, leftOut: { 'unknown language': 1 } });
  });

  it('follows what the client says has changed', async () => {
    const path = tree({ 'a.py': 'def a(): pass\n' });
    const { workbench, knows } = await workbenchOn(path);
    workbench.documents.open(open(path, 'a.py', 'def a(): pass\n'));
    await knows(1);
    write(path, { 'b.py': 'def b(): pass\ndef c(): pass\n' });
    workbench.filesChanged([join(path, 'b.py')]);
    await knows(3);
  });

  it('knows where an unknown name can be imported from, also when that has just been written', async () => {
    const path = tree({ 'helpers.py': 'def some_helper(): pass\n', 'b.py': '' });
    const { workbench, knows } = await workbenchOn(path);
    const document = open(path, 'b.py', 'some_helper()\nother_helper()\n');
    workbench.documents.open(document);
    await knows(1);
    write(path, { 'more.py': 'def other_helper(): pass\n' });
    workbench.filesChanged([join(path, 'more.py')]);
    await knows(2);
    const { findings } = await workbench.diagnose(
      detachedRun(() => undefined),
      document.uri,
    );
    const added = findings.flatMap(({ fixes }) =>
      fixes.flatMap(({ edits }) => edits.flatMap((one) => one.edits)),
    );
    const texts = added.map(({ newText }) => newText.trim());
    expect(texts).toContain('from helpers import some_helper');
    expect(texts).toContain('from more import other_helper');
  });

  it('has findings told again that were made before it was complete, with what it knows then', async () => {
    const helpers = Object.fromEntries(
      Array.from({ length: 300 }, (_, index) => [`m${index}.py`, `def helper_${index}(): pass\n`]),
    );
    const path = tree({ ...helpers, 'b.py': '' });
    let told: (() => void) | undefined;
    const { workbench } = await workbenchOn(path, () => told?.());
    const again = new Promise<void>((resolve) => {
      told = resolve;
    });
    const document = open(path, 'b.py', 'helper_299()\n');
    workbench.documents.open(document);
    const diagnose = () =>
      workbench.diagnose(
        detachedRun(() => undefined),
        document.uri,
      );
    expect((await diagnose()).findings.length).toBe(1);
    await again;
    expect((await workbench.status()).index.ready).toBe(true);
    expect(JSON.stringify((await diagnose()).findings)).toContain('from m299 import helper_299');
  });

  it('is not taken for complete by what is told of the folders before', async () => {
    const first = tree({ 'a.py': 'def first(): pass\n' });
    const second = tree({ 'a.py': 'def second(): pass\n' });
    const indexing = createIndexing(
      () => undefined,
      async () => () => ({ kind: 'unknown' }),
    );
    onTestFinished(() => indexing.dispose());
    indexing.follow([{ path: first, exclude: [] }]);
    indexing.names.state();
    indexing.follow([{ path: second, exclude: [] }]);
    expect(await indexing.completed()).toBe(true);
    expect(indexing.names.state()).toBe('ready');
    expect(indexing.names.declaring('second')).toEqual([join(second, 'a.py')]);
    expect(indexing.names.declaring('first')).toEqual([]);
    expect(await indexing.completed()).toBe(false);
  });

  it('watches the folders itself where the client does not', async () => {
    const path = tree({ 'a.py': 'def a(): pass\n', 'deep/b.py': 'def b(): pass\n' });
    const { workbench, knows } = await workbenchOn(path);
    workbench.watch();
    workbench.documents.open(open(path, 'a.py', 'def a(): pass\n'));
    await knows(2);
    write(path, { 'deep/b.py': 'def b(): pass\ndef c(): pass\ndef d(): pass\n' });
    await knows(4);
    rmSync(join(path, 'deep'), { recursive: true });
    await knows(1);
  });
});
