// The workspace index within the whole of vouch: made from the first document on, kept true, told of in the status.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
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
