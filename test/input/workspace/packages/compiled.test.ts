// Modules of Go, crates and the packages of the JDK: manifests that name all that may be used, and what is never told.
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { declared, project } from './kit.ts';

describe('modules by path', () => {
  const manifest =
    'module example.org/app\n\ngo 1.22\n\nrequire (\n\tgithub.com/a/b v1.2.0\n\tgithub.com/x/Yz/v2 v2.0.1 // indirect\n)\n';

  test('the language, the manifest, and what no manifest names', async () => {
    const { of } = await project({ 'go.mod': manifest, 'main.go': 'package main\n' });
    expect(of('main.go', 'net/http').kind).toBe('standard');
    expect(of('main.go', 'C').kind).toBe('standard');
    expect(of('main.go', 'github.com/a/b/c')).toEqual({
      kind: 'declared',
      name: 'github.com/a/b',
      version: 'v1.2.0',
    });
    expect(of('main.go', 'github.com/zz-nobody/nothing').kind).toBe('absent');
    expect(of('main.go', 'encoding/jsn')).toHaveProperty(
      'nearest',
      expect.arrayContaining(['encoding/json']),
    );
  });

  test('without a manifest, or with one that is broken, nothing is told', async () => {
    const without = await project({ 'main.go': 'package main\n' });
    expect(without.of('main.go', 'github.com/zz-nobody/nothing').kind).toBe('unknown');
    const broken = await project({ 'go.mod': 'module a\nrequire (\n\tx', 'main.go': 'package main\n' });
    expect(broken.of('main.go', 'github.com/zz-nobody/nothing').kind).toBe('unknown');
  });

  test('the cache of modules, where capital letters are written otherwise', async () => {
    const {
      of,
      project: made,
      folder,
    } = await project({
      'go.mod': manifest,
      'main.go': 'package main\n',
      'home/go/pkg/mod/github.com/x/!yz/v2@v2.0.1/sub/a.go': 'package sub\n',
      'home/go/pkg/mod/github.com/q/r@v0.1.0/a.go': 'package r\n',
    });
    const cache = join(folder, 'home/go/pkg/mod/github.com');
    expect(of('main.go', 'github.com/x/Yz/v2/sub')).toMatchObject({
      kind: 'declared',
      path: join(cache, 'x/!yz/v2@v2.0.1'),
    });
    expect(of('main.go', 'github.com/q/r')).toMatchObject({ kind: 'installed', version: 'v0.1.0' });
    expect(made.entryOf(join(folder, 'main.go'), 'go', 'github.com/x/Yz/v2/sub')?.folder).toBe(
      join(cache, 'x/!yz/v2@v2.0.1/sub'),
    );
    expect(made.resolve(join(folder, 'main.go'), 'go', 'github.com/x/Yz/v2/sbu').kind).toBe('missing');
  });

  test('members of a workspace and replacements are at hand', async () => {
    const { of } = await project({
      'go.work': 'go 1.22\nuse (\n\t./app\n\t./lib\n)\n',
      'app/go.mod': 'module example.org/app\nreplace example.org/forked => ../forked\n',
      'lib/go.mod': 'module example.org/lib\n',
      'app/main.go': 'package main\n',
    });
    expect(of('app/main.go', 'example.org/lib/x').kind).toBe('declared');
    expect(of('app/main.go', 'example.org/forked').kind).toBe('declared');
  });

  test('a requirement goes into the block, in order', async () => {
    const made = await project({ 'go.mod': manifest, 'main.go': 'package main\n' });
    expect(declared(made, 'main.go', 'github.com/m/n', 'v1.0.0')).toBe(
      manifest.replace('\tgithub.com/x', '\tgithub.com/m/n v1.0.0\n\tgithub.com/x'),
    );
  });
});

describe('crates', () => {
  const manifest = [
    '[package]', 'name = "my-app"', 'edition = "2021"', '',
    '[dependencies]', 'anyhow = "1"', 'json = { package = "serde_json", version = "1" }', '',
    '[dev-dependencies]', 'proptest = "1"', '',
    '[target."cfg(unix)".dependencies]', 'nix = "0.27"', '',
  ].join('\n'); // biome-ignore format: a file

  test('every kind of dependency, renamed ones, and the package itself', async () => {
    const { of } = await project({
      'Cargo.toml': manifest,
      'Cargo.lock': '[[package]]\nname = "serde_json"\nversion = "1.0.117"\n',
      'src/main.rs': '',
    });
    expect(of('src/main.rs', 'std::fmt').kind).toBe('standard');
    expect(of('src/main.rs', 'json::Value')).toEqual({
      kind: 'declared',
      name: 'serde_json',
      version: '1.0.117',
    });
    for (const module of ['anyhow', 'proptest::prelude', 'nix::unistd', 'my_app']) {
      expect(of('src/main.rs', module).kind).toBe('declared');
    }
    expect(of('src/main.rs', 'serde::Serialize')).toEqual({ kind: 'known', name: 'serde' });
    expect(of('src/main.rs', 'zz_no_such::x').kind).toBe('absent');
  });

  test('before paths began with crates, nothing is told', async () => {
    const { of } = await project({ 'Cargo.toml': '[package]\nname = "a"\n', 'src/lib.rs': '' });
    expect(of('src/lib.rs', 'zz_no_such::x').kind).toBe('unknown');
  });

  test('the source of a crate is where its registry is kept', async () => {
    const source = 'home/.cargo/registry/src/index-1/anyhow-1.0.86';
    const { project: made, folder } = await project({
      'Cargo.toml': manifest,
      'Cargo.lock': '[[package]]\nname = "anyhow"\nversion = "1.0.86"\n',
      [`${source}/src/lib.rs`]: '',
      'src/main.rs': '',
    });
    expect(made.entryOf(join(folder, 'src/main.rs'), 'rust', 'anyhow::Context')).toEqual({
      folder: join(folder, source),
      file: join(folder, source, 'src/lib.rs'),
    });
  });

  test('a dependency goes into the table, in order', async () => {
    const made = await project({ 'Cargo.toml': manifest, 'src/main.rs': '' });
    expect(declared(made, 'src/main.rs', 'bytes', '1.6.0')).toBe(
      manifest.replace('json =', 'bytes = "1.6.0"\njson ='),
    );
  });
});

describe('the JDK and artefacts', () => {
  test('only what is certain is told', async () => {
    const { of } = await project({
      'pom.xml':
        '<project><dependencies><dependency><groupId>org.junit.jupiter</groupId><artifactId>junit-jupiter</artifactId><version>5.10.0</version></dependency></dependencies></project>',
      'src/A.java': '',
    });
    expect(of('src/A.java', 'java.util.concurrent.Future').kind).toBe('standard');
    expect(of('src/A.java', 'java.utils.List')).toHaveProperty(
      'nearest',
      expect.arrayContaining(['java.util']),
    );
    expect(of('src/A.java', 'org.junit.jupiter.api.Test')).toMatchObject({
      kind: 'declared',
      version: '5.10.0',
    });
    expect(of('src/A.java', 'com.nobody.nothing.Thing').kind).toBe('unknown');
    expect(of('src/A.java', 'javax.servlet.http.HttpServlet').kind).toBe('unknown');
  });
});
