// What of a project has to do with code besides its file: who depends on it, and which documents are not saved.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { detachedRun } from '../../server/core/run.ts';
import { createAnalysis } from '../../server/orchestration/analysis/local.ts';
import { unsavedIn } from '../../server/orchestration/unsaved.ts';
import { tree } from '../input/workspace/tree.ts';

const run = detachedRun(() => undefined);

const snapshotOf = (path: string, text: string) => ({
  uri: pathToFileURL(path).href,
  path,
  languageId: 'python',
  version: 1,
  text,
});

describe('files that depend on code', () => {
  const prices = 'def total(items):\n    return sum(items)\n\n\ndef rate():\n    return 2\n';
  const files = {
    'shop/__init__.py': '',
    'shop/prices.py': prices,
    'shop/cart.py': 'from shop.prices import total\n\n\ndef pay(items):\n    return total(items)\n',
    'shop/tax.py': 'from shop import prices\n\n\ndef tax():\n    return prices.rate()\n',
    'web/view.py': 'def show(cart):\n    return cart.total()\n',
    'web/other.py': 'def nothing():\n    return 1\n',
  };

  it('are those that import and call it, then those that import its file, then whoever calls the name', async () => {
    const folder = tree(files);
    const analysis = createAnalysis({ log: () => undefined });
    onTestFinished(() => analysis.dispose());
    const outside = { exclude: [], redact: true, registries: {} };
    await analysis.configure([{ path: folder, exclude: [], redact: true }], outside);
    const snapshot = snapshotOf(join(folder, 'shop/prices.py'), prices);
    await analysis.open(snapshot);
    await analysis.indexed();
    const found = await analysis.dependents(run, snapshot, { start: 0, end: 10 });
    expect(found).toEqual(['shop/cart.py', 'shop/tax.py', 'web/view.py'].map((name) => join(folder, name)));
  });
});

describe('documents that are not saved', () => {
  it('are those of the folder whose text is another than that on disk, or that are not there yet', async () => {
    const folder = tree({ 'same.py': 'a\n', 'changed.py': 'a\n', 'asked.py': 'a\n' });
    const elsewhere = tree({ 'changed.py': 'a\n' });
    const documents = [
      snapshotOf(join(folder, 'same.py'), 'a\n'),
      snapshotOf(join(folder, 'changed.py'), 'b\n'),
      snapshotOf(join(folder, 'asked.py'), 'b\n'),
      snapshotOf(join(folder, 'new.py'), 'b\n'),
      snapshotOf(join(elsewhere, 'changed.py'), 'b\n'),
      { ...snapshotOf('/untitled', 'b\n'), path: '' },
    ];
    const unsaved = await unsavedIn(documents, folder, join(folder, 'asked.py'));
    expect(unsaved).toEqual(
      ['changed.py', 'new.py'].map((name) => ({
        path: join(folder, name),
        languageId: 'python',
        text: 'b\n',
      })),
    );
  });
});
