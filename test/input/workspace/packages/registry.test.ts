// Asking a registry: a real server on loopback plays it, and hears names of packages only, where the user has named it.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createRegistry, type Registry } from '../../../../server/input/workspace/packages/registry.ts';
import { tree } from '../tree.ts';
import { project } from './kit.ts';

interface Played {
  readonly url: string;
  readonly heard: string[];
}

/** A registry that has the given packages, or answers everything with one status. */
async function play(has: readonly string[], status?: number): Promise<Played> {
  const heard: string[] = [];
  const server = createServer((request, response) => {
    heard.push(`${request.method} ${request.url}`);
    const name = decodeURIComponent(request.url!.split('/').at(-1)!);
    response.writeHead(status ?? (has.includes(name) ? 200 : 404)).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/simple/{name}`, heard };
}

interface Made {
  readonly registry: Registry;
  readonly answered: () => number;
  readonly logged: string[];
}

function registryAt(urls: Record<string, string>, cache?: string): Made {
  let answers = 0;
  const logged: string[] = [];
  const registry = createRegistry({
    log: (_, message) => void logged.push(message),
    urls,
    answered: () => void answers++,
    ...(cache !== undefined && { cache }),
  });
  onTestFinished(() => registry.dispose());
  return { registry, answered: () => answers, logged };
}

const waitMs = 5000;

test('an answer is there the next time, and is told when it comes', async () => {
  const { url, heard } = await play(['acme-kit']);
  const { registry, answered } = registryAt({ pypi: url });
  expect(registry.ask('pypi', 'acme-kit')).toBeUndefined();
  expect(registry.ask('pypi', 'no-such')).toBeUndefined();
  await registry.settled(waitMs);
  expect(answered()).toBeGreaterThan(0);
  expect(registry.ask('pypi', 'acme-kit')).toBe('exists');
  expect(registry.ask('pypi', 'no-such')).toBe('absent');
  expect(heard.sort()).toEqual(['HEAD /simple/acme-kit', 'HEAD /simple/no-such']);
});

test('a name with a scope stays one part of the address', async () => {
  const { url, heard } = await play([]);
  const { registry } = registryAt({ npm: url });
  registry.ask('npm', '@acme/kit');
  await registry.settled(waitMs);
  expect(heard).toEqual(['HEAD /simple/%40acme%2Fkit']);
});

test('answers are kept on disk for the next start', async () => {
  const { url, heard } = await play(['acme-kit']);
  const cache = join(tree({}), 'cache/registry.json');
  const first = registryAt({ pypi: url }, cache);
  first.registry.ask('pypi', 'acme-kit');
  await first.registry.settled(waitMs);
  expect(registryAt({ pypi: url }, cache).registry.ask('pypi', 'acme-kit')).toBe('exists');
  expect(heard).toHaveLength(1);
});

test('a registry that refuses or is not there says nothing of the name, and is not asked for ever', async () => {
  const { url, heard } = await play([], 503);
  const refusing = registryAt({ pypi: url });
  refusing.registry.ask('pypi', 'acme-kit');
  await refusing.registry.settled(waitMs);
  expect(refusing.registry.ask('pypi', 'acme-kit')).toBeUndefined();
  expect(heard).toHaveLength(1);
  expect(refusing.logged.join()).toContain('503');

  const gone = registryAt({ pypi: 'http://127.0.0.1:1/{name}' });
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']) gone.registry.ask('pypi', name);
  await gone.registry.settled(waitMs);
  expect(gone.registry.ask('pypi', 'z')).toBeUndefined();
  expect(gone.logged.length).toBeLessThan(8);
});

test('an ecosystem for which none is named is not asked', async () => {
  const { url, heard } = await play([]);
  const { registry } = registryAt({ npm: url });
  expect(registry.ask('pypi', 'acme-kit')).toBeUndefined();
  await registry.settled(waitMs);
  expect(heard).toEqual([]);
});

test('a package that only the registry knows is no longer absent, and known names are not asked about', async () => {
  const { url, heard } = await play(['zzqwv_new_package']);
  const { registry } = registryAt({ pypi: url });
  const { of, project: made } = await project({ 'a.py': '' }, { registry });
  expect(of('a.py', 'zzqwv_new_package').kind).toBe('absent');
  expect(of('a.py', 'requests').kind).toBe('known');
  await registry.settled(waitMs);
  made.changed([]);
  expect(of('a.py', 'zzqwv_new_package')).toEqual({ kind: 'known', name: 'zzqwv_new_package' });
  expect(heard).toEqual(['HEAD /simple/zzqwv_new_package']);
});

test('a name is not handed on to another address', async () => {
  const other = await play(['acme-kit']);
  const heard: string[] = [];
  const server = createServer((request, response) => {
    heard.push(String(request.url));
    response.writeHead(302, { location: other.url.replace('{name}', 'acme-kit') }).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const { registry, logged } = registryAt({ pypi: `http://127.0.0.1:${port}/{name}` });
  registry.ask('pypi', 'acme-kit');
  await registry.settled(waitMs);
  expect(registry.ask('pypi', 'acme-kit')).toBeUndefined();
  expect(heard).toEqual(['/acme-kit']);
  expect(other.heard).toEqual([]);
  expect(logged.join()).toContain('answered 302');
});
