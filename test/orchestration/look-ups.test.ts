// A package that only a registry knows: what is said of it follows the answer, in an open document and in a check of files.
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { detachedRun } from '../../server/core/run.ts';
import { defaultSettings, type Settings } from '../../server/core/settings.ts';
import { createWorkbench } from '../../server/orchestration/create-workbench.ts';
import type { Workbench } from '../../server/orchestration/workbench.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const text = 'import zzqwv_new_thing\nimport zzqwv_no_thing\n';
const run = detachedRun(() => undefined);

interface Desk {
  readonly folder: string;
  readonly workbench: Workbench;
  readonly heard: readonly string[];
  /** Resolves when the findings of a document may be others. */
  readonly changed: () => Promise<void>;
}

/** A file on disk, and a registry that has one of the packages that it imports. */
async function desk(allowed: boolean): Promise<Desk> {
  const folder = realpathSync.native(mkdtempSync(join(tmpdir(), 'vouch-look-ups-')));
  const { XDG_CACHE_HOME } = process.env;
  process.env.XDG_CACHE_HOME = join(folder, 'cache');
  cleanups.push(() => {
    if (XDG_CACHE_HOME === undefined) delete process.env.XDG_CACHE_HOME;
    else process.env.XDG_CACHE_HOME = XDG_CACHE_HOME;
    rmSync(folder, { recursive: true, force: true });
  });
  writeFileSync(join(folder, 'a.py'), text);
  const heard: string[] = [];
  const server = createServer((request, response) => {
    heard.push(request.url!);
    response.writeHead(request.url === '/zzqwv_new_thing' ? 200 : 404).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  cleanups.push(() => server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/{name}`;
  let tell: () => void = () => undefined;
  const workbench = await createWorkbench({
    notice: () => undefined,
    log: () => undefined,
    ask: async () => undefined,
    findingsChanged: () => tell(),
  });
  cleanups.push(() => workbench.dispose());
  const settings: Settings = {
    ...defaultSettings,
    validation: { ...defaultSettings.validation, scope: 'file', registries: allowed ? { pypi: url } : {} },
  };
  workbench.configure([{ path: folder, settings }], settings);
  const changed = (): Promise<void> =>
    new Promise((done) => {
      tell = done;
    });
  return { folder, workbench, heard, changed };
}

test('findings of an open document are told anew when the registry has answered', async () => {
  const { folder, workbench, heard, changed } = await desk(true);
  const path = join(folder, 'a.py');
  const uri = pathToFileURL(path).href;
  workbench.documents.open({ uri, path, languageId: 'python', version: 1, text });
  let next = changed();
  const before = await workbench.diagnose(run, uri);
  expect(before.findings).toHaveLength(2);
  let after = before;
  // Other news may come first: the index has its own.
  while (after.findings.length > 1) {
    await next;
    next = changed();
    after = await workbench.diagnose(run, uri);
  }
  expect(after.findings.map(({ message }) => message)).toEqual([expect.stringContaining('`zzqwv_no_thing`')]);
  expect([...heard].sort()).toEqual(['/zzqwv_new_thing', '/zzqwv_no_thing']);
});

test('a check of files waits for the answer', async () => {
  const { folder, workbench } = await desk(true);
  const found: string[] = [];
  for await (const { findings } of workbench.check(run, [folder]))
    found.push(...findings.map(({ message }) => message));
  expect(found).toEqual([expect.stringContaining('`zzqwv_no_thing`')]);
});

test('nothing is asked where the user has named no registry', async () => {
  const { folder, workbench, heard } = await desk(false);
  const found: string[] = [];
  for await (const { findings } of workbench.check(run, [folder]))
    found.push(...findings.map(({ check }) => check));
  expect(found).toEqual(['imports/unknown-package', 'imports/unknown-package']);
  expect(heard).toEqual([]);
});
