// The workspace index within the whole of vouch: made from the first document on, kept true, told of in the status.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { detachedRun } from '../../server/core/run.ts';
import { defaultSettings } from '../../server/core/settings.ts';
import { createWorkbench } from '../../server/orchestration/create-workbench.ts';
import { tree, write } from '../input/workspace/tree.ts';

async function workbenchOn(path: string) {
  const workbench = await createWorkbench({
    notice: () => undefined,
    log: () => undefined,
    findingsChanged: () => undefined,
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
