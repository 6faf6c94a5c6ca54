// Packages of the Python package index: what manifests declare, what is installed, and what is known to be public.
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { write } from '../tree.ts';
import { project } from './kit.ts';

/** An environment with one distribution: metadata as installers leave it. */
const installed = (name: string, version: string, files: Record<string, string>): Record<string, string> => {
  const site = '.venv/lib/python3.12/site-packages';
  const record = Object.keys(files).map((path) => `${path},,`);
  return {
    '.venv/pyvenv.cfg': 'home = /usr\n',
    [`${site}/${name}-${version}.dist-info/METADATA`]: `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n`,
    [`${site}/${name}-${version}.dist-info/RECORD`]: `${record.join('\n')}\n`,
    ...Object.fromEntries(Object.entries(files).map(([path, text]) => [`${site}/${path}`, text])),
  };
};

describe('what a project declares', () => {
  const manifests: Record<string, [file: string, text: string]> = {
    'the standard list': ['pyproject.toml', '[project]\nname = "app"\ndependencies = ["PyYAML>=6"]\n'],
    'an extra': [
      'pyproject.toml',
      '[project]\nname = "app"\n[project.optional-dependencies]\na = ["pyyaml"]\n',
    ],
    'a dependency group': [
      'pyproject.toml',
      '[dependency-groups]\ndev = ["pyyaml", {include-group = "x"}]\n',
    ],
    poetry: ['pyproject.toml', '[tool.poetry.dependencies]\npython = "^3.11"\npyyaml = {version = "^6"}\n'],
    'a group of poetry': ['pyproject.toml', '[tool.poetry.group.dev.dependencies]\nPyYAML = "*"\n'],
    requirements: ['requirements.txt', '# tools\nPyYAML==6.0.1 \\\n  --hash=sha256:0\n'],
    'requirements by another name': ['requirements-dev.txt', 'pyyaml ; python_version > "3"\n'],
    'a folder of requirements': ['requirements/dev.in', 'pyyaml[extra]~=6.0\n'],
    'setup.cfg': ['setup.cfg', '[options]\ninstall_requires =\n    pyyaml >= 6\n    six\n'],
    'setup.py': ['setup.py', 'from setuptools import setup\nsetup(install_requires=["pyyaml>=6"])\n'],
    Pipfile: ['Pipfile', '[packages]\npyyaml = "*"\n'],
    conda: [
      'environment.yml',
      'dependencies:\n  - python=3.12\n  - conda-forge::pyyaml=6\n  - pip:\n      - rich\n',
    ],
    'what installs for tests': ['tox.ini', '[testenv]\ndeps = pyyaml\n'],
  };
  for (const [title, [file, text]] of Object.entries(manifests)) {
    test(title, async () => {
      const { of } = await project({ [file]: text, 'app/main.py': '' });
      expect(of('app/main.py', 'yaml')).toMatchObject({ kind: 'declared' });
      expect(of('app/main.py', 'numpy.linalg')).toEqual({ kind: 'known', name: 'numpy' });
    });
  }

  test('the version is that of the lock file, or of what is installed', async () => {
    const pyproject = '[project]\nname = "app"\ndependencies = ["requests"]\n';
    const locked = await project({
      'pyproject.toml': pyproject,
      'uv.lock': '[[package]]\nname = "requests"\nversion = "2.31.0"\n',
      'a.py': '',
    });
    expect(locked.of('a.py', 'requests')).toEqual({ kind: 'declared', name: 'requests', version: '2.31.0' });
    const both = await project({
      'pyproject.toml': pyproject,
      ...installed('requests', '2.32.3', { 'requests/__init__.py': '' }),
      'a.py': '',
    });
    expect(both.of('a.py', 'requests.adapters')).toMatchObject({ kind: 'declared', version: '2.32.3' });
  });

  test('a manifest with syntax errors says nothing, and what is known stays known', async () => {
    const {
      of,
      project: made,
      folder,
    } = await project({ 'pyproject.toml': '[project\nname = 1', 'a.py': '' });
    expect(of('a.py', 'zzqwv_no_such')).toEqual({ kind: 'unknown' });
    expect(of('a.py', 'requests')).toEqual({ kind: 'known', name: 'requests' });
    expect(made.manifestOf(join(folder, 'a.py'), 'python')).toBeUndefined();
  });

  test('a list that code makes is no list: nothing is undeclared there', async () => {
    const text = '[project]\nname = "app"\ndynamic = ["dependencies"]\n';
    const { project: made, folder } = await project({ 'pyproject.toml': text, 'a.py': '' });
    expect(made.manifestOf(join(folder, 'a.py'), 'python')).toBeUndefined();
  });
});

describe('what is installed', () => {
  test('is found by its metadata, under whatever name it is imported', async () => {
    const { of, folder } = await project({
      ...installed('Acme-Tools', '1.2', { 'acmekit/__init__.py': '' }),
      'a.py': '',
    });
    expect(of('a.py', 'acmekit.parts')).toEqual({
      kind: 'installed',
      name: 'Acme-Tools',
      version: '1.2',
      path: join(folder, '.venv/lib/python3.12/site-packages/acmekit'),
    });
  });

  test('the activated environment counts where the project has none', async () => {
    const outer = await project(installed('acme', '1', { 'acme.py': '' }));
    const { of } = await project(
      { 'a.py': '' },
      { environment: { VIRTUAL_ENV: join(outer.folder, '.venv') } },
    );
    expect(of('a.py', 'acme')).toMatchObject({ kind: 'installed', name: 'acme', version: '1' });
  });

  test('a submodule that is not in it is missing, unless the package decides by itself', async () => {
    const { project: made, folder } = await project({
      ...installed('acme', '1', {
        'acme/__init__.py': '"""Acme."""\n',
        'acme/client.py': '',
        'acme/fast.cpython-312-x86_64-linux-gnu.so': '',
        'acme/dynamic/__init__.py': 'def __getattr__(name): ...\n',
      }),
      'a.py': '',
    });
    const of = (module: string) => made.resolve(join(folder, 'a.py'), 'python', module);
    expect(of('acme.client')).toEqual({ kind: 'external' });
    expect(of('acme.fast')).toEqual({ kind: 'external' });
    expect(of('acme.clinet')).toEqual({ kind: 'missing', nearest: ['acme.client'] });
    expect(of('acme.dynamic.anything')).toEqual({ kind: 'external' });
  });

  test('its declarations are read from stubs before sources', async () => {
    const { project: made, folder } = await project({
      ...installed('acme', '1', { 'acme/__init__.py': '', 'acme/io.py': '', 'acme-stubs/io.pyi': '' }),
      'a.py': '',
    });
    const site = join(folder, '.venv/lib/python3.12/site-packages');
    expect(made.entryOf(join(folder, 'a.py'), 'python', 'acme.io')?.file).toBe(
      join(site, 'acme-stubs/io.pyi'),
    );
    expect(made.entryOf(join(folder, 'a.py'), 'python', 'acme')?.file).toBe(join(site, 'acme/__init__.py'));
  });

  test('what was installed meanwhile is seen once it is told', async () => {
    const { of, project: made, folder } = await project({ 'a.py': '' });
    expect(of('a.py', 'zzqwv_no_such').kind).toBe('absent');
    const files = installed('zzqwv-no-such', '1', { 'zzqwv_no_such.py': '' });
    write(folder, files);
    made.changed(Object.keys(files).map((path) => join(folder, path)));
    expect(of('a.py', 'zzqwv_no_such')).toMatchObject({ kind: 'installed', version: '1' });
  });
});

describe('what is public', () => {
  test('is known by the name that is imported', async () => {
    const { of } = await project({ 'a.py': '' });
    const names = {
      yaml: 'PyYAML',
      cv2: 'opencv-python',
      sklearn: 'scikit-learn',
      PIL: 'Pillow',
      bs4: 'beautifulsoup4',
    };
    for (const [module, name] of Object.entries(names))
      expect(of('a.py', module)).toEqual({ kind: 'known', name });
    expect(of('a.py', 'google.cloud.storage')).toEqual({ kind: 'known', name: 'google-cloud-storage' });
    expect(of('a.py', 'os.path')).toEqual({ kind: 'standard' });
  });

  test('what nobody has is absent, with the names that were meant', async () => {
    const { of } = await project({ 'a.py': '' });
    expect(of('a.py', 'reqeusts')).toMatchObject({ kind: 'absent', name: 'reqeusts' });
    expect(of('a.py', 'reqeusts')).toHaveProperty('nearest', expect.arrayContaining(['requests']));
    expect(of('a.py', 'djagno.conf')).toHaveProperty('nearest', expect.arrayContaining(['django']));
    expect(of('a.py', 'numppy_arrays_of_dreams')).toMatchObject({ kind: 'absent', nearest: [] });
  });

  test('modules of a host program, of the workspace and of private packages are not judged', async () => {
    const { of } = await project({
      'requirements.txt': 'zz-our-private-thing\n',
      'tools/local_helper.py': '',
      'a.py': '',
      'tests/fixtures/case.py': '',
    });
    expect(of('a.py', 'gdb').kind).toBe('unknown');
    expect(of('a.py', 'local_helper').kind).toBe('unknown');
    expect(of('a.py', 'whatever_it_brings').kind).toBe('unknown');
    expect(of('tests/fixtures/case.py', 'zzqwv_no_such').kind).toBe('unknown');
  });
});

describe('declaring a package', () => {
  const cases: Record<string, [file: string, before: string, after: string]> = {
    'in a list of many lines': [
      'pyproject.toml',
      '[project]\nname = "a"\ndependencies = [\n  "rich>=13",  # output\n  "yarl",\n]\n',
      '[project]\nname = "a"\ndependencies = [\n  "rich>=13",  # output\n  "yarl",\n  "attrs>=23.1",\n]\n',
    ],
    'in a list on one line': [
      'pyproject.toml',
      '[project]\nname = "a"\ndependencies = ["rich[jupyter]"]\n',
      '[project]\nname = "a"\ndependencies = ["rich[jupyter]", "attrs>=23.1"]\n',
    ],
    'where there is no list yet': [
      'pyproject.toml',
      '[project]\nname = "a"\n\n[tool.x]\ny = 1\n',
      '[project]\nname = "a"\ndependencies = ["attrs>=23.1"]\n\n[tool.x]\ny = 1\n',
    ],
    'in the table of a tool': [
      'pyproject.toml',
      '[tool.poetry.dependencies]\npython = "^3.11"\n\n[build-system]\nrequires = []\n',
      '[tool.poetry.dependencies]\npython = "^3.11"\nattrs = "^23.1"\n\n[build-system]\nrequires = []\n',
    ],
    'in the order of a list of requirements': [
      'requirements.txt',
      'aiohttp\nzope.interface\n',
      'aiohttp\nattrs>=23.1\nzope.interface\n',
    ],
    'at the end of a list without order': [
      'requirements.txt',
      'rich\naiohttp',
      'rich\naiohttp\nattrs>=23.1\n',
    ],
  };
  for (const [title, [file, before, after]] of Object.entries(cases)) {
    test(title, async () => {
      const made = await project({ [file]: before, 'a.py': '' });
      const path = join(made.folder, 'a.py');
      const edit = made.project.manifestOf(path, 'python')!.declare('attrs', '23.1')!;
      expect(before.slice(0, edit.start) + edit.newText + before.slice(edit.end)).toBe(after);
    });
  }
});
