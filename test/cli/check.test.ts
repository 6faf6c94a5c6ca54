// `vouch check` as a process: what it prints in each format, what it exits with, and what it mends.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import sarifSchema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' };
import Ajv from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildCommand, createProject } from './command.ts';

let built: ReturnType<typeof buildCommand>;
beforeAll(() => {
  built = buildCommand();
});
afterAll(() => built.remove());

const good = 'def total(prices):\n    return sum(prices)\n';
/** The emoji is two UTF-16 code units, so that columns show in which unit they are counted. */
const bad = 'def total(prices):\n    return "😀", sum(pricse)\n';
const project = (files: Readonly<Record<string, string>>) => createProject(built.folder, files);

describe('vouch check', () => {
  it('says nothing is found, and exits with 0', async () => {
    expect(await project({ 'a.py': good }).vouch('check')).toMatchObject({
      code: 0,
      out: 'nothing found in 1 file\n',
    });
  });

  it.skipIf(process.platform === 'win32')('does not wait for pipes, whatever they are called', async () => {
    const one = project({ 'a.py': good });
    const names = ['pipe.py', '.gitignore', '.vouch.json', 'package.json', 'pyproject.toml'];
    for (const name of names) execFileSync('mkfifo', [join(one.folder, name)]);
    const { out, err } = await one.vouch('check', '.', 'pipe.py');
    expect(out).toContain('nothing found in 1 file');
    expect(out).toContain('not checked: 1 file (not a file)');
    expect(err).toContain('.vouch.json');
  });

  it('says that folders are left out which lie too deep', async () => {
    const one = project({ 'a.py': good, [`${'d/'.repeat(100)}b.py`]: bad });
    const { out } = await one.vouch('check');
    expect(out).toContain('nothing found in 1 file');
    expect(out).toContain('not checked: 1 file (a folder that lies too deep)');
  });

  it('shows a finding with its line, its fix and no colours in a pipe, and exits with 1', async () => {
    const { code, out } = await project({ 'src/a.py': bad }).vouch('check', 'src');
    expect(code).toBe(1);
    expect(out).toBe(
      [
        'src/a.py:2:22 error `pricse` is not defined; did you mean `prices`? names/unresolved',
        '  1 | def total(prices):',
        '> 2 |     return "😀", sum(pricse)',
        '    |                      ^^^^^^',
        '  3 |',
        '  fix: Change to `prices`',
        '',
        '1 error in 1 file',
        '',
      ].join('\n'),
    );
  });

  it('prints JSON as other programs rely on it', async () => {
    const { code, out } = await project({ 'src/a.py': bad, 'b.py': good }).vouch('check', '--format', 'json');
    expect(code).toBe(1);
    const range = { start: { line: 1, character: 21 }, end: { line: 1, character: 27 } };
    expect(JSON.parse(out)).toEqual({
      findings: [
        {
          path: 'src/a.py',
          range,
          check: 'names/unresolved',
          severity: 'error',
          message: '`pricse` is not defined; did you mean `prices`?',
          fixes: [{ title: 'Change to `prices`', edits: [{ path: 'src/a.py', range, newText: 'prices' }] }],
        },
      ],
      summary: { files: 2, skipped: {}, error: 1, warning: 0, information: 0, hint: 0, fixed: 0, known: 0 },
    });
  });

  it('prints SARIF 2.1.0 as its published schema has it', async () => {
    const { out } = await project({ 'a b.py': bad, 'c.ts': 'let x = [\n' }).vouch(
      'check',
      '--format',
      'sarif',
    );
    const log = JSON.parse(out);
    const validate = addFormats
      .default(new Ajv.default({ strict: false, unicodeRegExp: false }))
      .compile(sarifSchema);
    expect(validate(log), JSON.stringify(validate.errors)).toBe(true);
    const [{ tool, results }] = log.runs;
    expect(tool.driver).toMatchObject({
      name: 'vouch',
      rules: [
        { id: 'names/unresolved', help: { markdown: expect.stringContaining('# names/unresolved') } },
        { id: 'syntax/error' },
      ],
    });
    const region = { startLine: 2, startColumn: 22, endLine: 2, endColumn: 28 };
    expect(results.slice(0, 1)).toMatchObject([
      {
        ruleId: 'names/unresolved',
        ruleIndex: 0,
        level: 'error',
        locations: [{ physicalLocation: { artifactLocation: { uri: 'a%20b.py' }, region } }],
        partialFingerprints: { 'vouch/v1': expect.stringMatching(/^[0-9a-f]{16}$/) },
        fixes: [
          {
            artifactChanges: [
              { replacements: [{ deletedRegion: region, insertedContent: { text: 'prices' } }] },
            ],
          },
        ],
      },
    ]);
  });

  it("prints GitHub's workflow commands", async () => {
    const { out } = await project({ 'a,b.py': bad }).vouch('check', '--format', 'github');
    expect(out.split('\n')[0]).toBe(
      '::error file=a%2Cb.py,line=2,endLine=2,col=22,endColumn=28,title=vouch names/unresolved::`pricse` is not defined; did you mean `prices`?',
    );
  });

  it('takes severities from the settings, and names a setting that does not exist', async () => {
    const one = project({ 'a.py': bad });
    one.write('.vouch.json', '{ "validation": { "checks": { "names/unresolved": "warning" } } }');
    expect(await one.vouch('check')).toMatchObject({ code: 0, out: expect.stringContaining('1 warning') });
    one.write('.vouch.json', '{ "validation": { "checks": { "names/unresolved": "off" }, "scop": 1 } }');
    const { code, out, err } = await one.vouch('check', 'a.py');
    expect({ code, out }).toEqual({ code: 0, out: 'nothing found in 1 file\n' });
    expect(err).toContain('.vouch.json:1: validation.scop: unknown; did you mean validation.scope?');
  });

  it('leaves out what git ignores, unless it is named', async () => {
    const one = project({ 'a.py': good, 'made/b.py': bad, '.gitignore': 'made/\n' });
    one.git('init', '-q');
    expect(await one.vouch('check')).toMatchObject({ code: 0 });
    expect(await one.vouch('check', 'made/b.py')).toMatchObject({ code: 1 });
  });
});

describe('vouch check --changed', () => {
  const changed = () => {
    const one = project({ 'src/a.py': bad, 'src/c.py': good });
    one.git('init', '-q');
    one.git('add', '.');
    one.git('commit', '-q', '-m', 'first');
    return one;
  };

  it('looks at lines that differ from HEAD and at files git does not track', async () => {
    const one = changed();
    expect(await one.vouch('check', '--changed')).toMatchObject({ code: 0 });
    one.write('src/a.py', `${bad}\n\ndef mean(prices):\n    return totl(prices) / len(prices)\n`);
    one.write('src/new.py', bad);
    const { code, out } = await one.vouch('check', '--changed', '--format', 'json');
    const { findings } = JSON.parse(out) as { findings: { path: string; message: string }[] };
    expect(code).toBe(1);
    expect(findings.map(({ path, message }) => `${path} ${message}`)).toEqual([
      'src/a.py `totl` is not defined; did you mean `total`?',
      'src/new.py `pricse` is not defined; did you mean `prices`?',
    ]);
  });

  it('compares with any revision, and takes a folder for a path', async () => {
    const one = changed();
    one.write('src/a.py', bad.replace('pricse', 'prise'));
    one.git('commit', '-q', '-am', 'second');
    expect(await one.vouch('check', '--changed', 'HEAD~1')).toMatchObject({ code: 1 });
    expect(await one.vouch('check', '--changed', 'src')).toMatchObject({ code: 0 });
  });

  it('is wrong usage without a repository, or for a revision that does not exist', async () => {
    expect(await project({ 'a.py': good }).vouch('check', '--changed')).toMatchObject({
      code: 2,
      err: expect.stringContaining('no git repository'),
    });
    expect(await changed().vouch('check', '--changed', 'nowhere')).toMatchObject({
      code: 2,
      err: expect.stringContaining('nowhere is no revision'),
    });
  });
});

describe('vouch check --fix', () => {
  it('makes what is certain, keeps line ends and byte order mark, and reports what is left', async () => {
    const one = project({
      'a.py': `\uFEFF${bad.replaceAll('\n', '\r\n')}`,
      'b.py': 'def f():\n    return xyzzyplugh\n',
    });
    const { code, out } = await one.vouch('check', '--fix');
    expect(one.read('a.py')).toBe(`\uFEFF${bad.replace('pricse', 'prices').replaceAll('\n', '\r\n')}`);
    expect(one.read('b.py')).toContain('xyzzyplugh');
    expect(code).toBe(1);
    expect(out).toContain('1 problem fixed');
    expect(await one.vouch('check', 'a.py')).toMatchObject({ code: 0 });
  });
});

describe('vouch check with a baseline', () => {
  it('counts only what is not known, wherever its line has moved', async () => {
    const one = project({ 'src/a.py': bad, 'b.py': good });
    expect(await one.vouch('check', '--write-baseline')).toMatchObject({
      code: 0,
      out: '1 finding written to .vouch-baseline.json\n',
    });
    one.write('src/a.py', `# a comment above\n\n${bad}`);
    expect(await one.vouch('check')).toMatchObject({
      code: 0,
      out: 'nothing found in 3 files\n1 finding known from the baseline\n',
    });
    one.write('src/a.py', `${bad}\n\ndef mean(prices):\n    return "😀", sum(pricse)\n`);
    const { code, out } = await one.vouch('check', 'src', '--format', 'json');
    expect({ code, ...JSON.parse(out).summary }).toMatchObject({ code: 1, error: 1, known: 1 });
    expect(await one.vouch('check', '--no-baseline')).toMatchObject({
      code: 1,
      out: expect.stringContaining('2 errors in 3 files'),
    });
  });

  it('keeps what it knows of files that were not looked at, and forgets those that are gone', async () => {
    const one = project({ 'a.py': bad, 'b.py': bad, 'c.py': bad });
    await one.vouch('check', '--write-baseline');
    one.write('a.py', good);
    one.remove('c.py');
    await one.vouch('check', 'a.py', '--write-baseline');
    expect(Object.keys(JSON.parse(one.read('.vouch-baseline.json')).files)).toEqual(['b.py']);
  });

  it('never holds the line itself, which may be a secret', async () => {
    const one = project({ 'a.py': bad });
    await one.vouch('check', '--write-baseline');
    expect(one.read('.vouch-baseline.json')).not.toContain('sum(pricse)');
  });

  it('is wrong usage when the file is none, or with --changed', async () => {
    const one = project({ 'a.py': bad, '.vouch-baseline.json': '{ "version": 2 }' });
    expect(await one.vouch('check')).toMatchObject({
      code: 2,
      err: expect.stringContaining('.vouch-baseline.json is no baseline of vouch; delete it'),
    });
    expect(await one.vouch('check', '--changed', '--write-baseline')).toMatchObject({ code: 2 });
  });
});

describe('vouch check over many files', () => {
  it('finds the same in the same order, on all cores', async () => {
    const names = Array.from({ length: 150 }, (_, index) => `f${String(index).padStart(3, '0')}.py`);
    const files = names.map((name, index) => [name, index % 3 === 0 ? bad : good]);
    const { code, out } = await project(Object.fromEntries(files)).vouch('check', '--format', 'json');
    const { findings, summary } = JSON.parse(out) as { findings: { path: string }[]; summary: object };
    expect(code).toBe(1);
    expect(summary).toMatchObject({ files: 150, error: 50 });
    expect(findings.map(({ path }) => path)).toEqual(names.filter((_, index) => index % 3 === 0));
  });
});

describe('wrong usage', () => {
  it.each([
    [[], 'Usage: vouch'],
    [['chek'], 'Did you mean check?'],
    [['check', '--formt', 'json'], 'Did you mean --format?'],
    [['check', '--format', 'xml'], 'Allowed choices are pretty, json, sarif, github'],
    [['check', 'nowhere.py'], 'no such file or folder: nowhere.py'],
    [['try'], 'missing required argument'],
    [['try', 'a.py'], 'write FILE:LINE'],
    [['try', 'a.py:99'], 'has no line 99'],
    [['try', 'nowhere.py:1'], 'no such file'],
    [['try', 'a.py:1', '--action', 'dance'], 'there are implement, rewrite, document, tests, plan, fix'],
    [['try', 'a.py:1', '--apply'], '--apply needs --action'],
    [['doctor', 'nowhere'], 'is not a folder'],
    [['trust', 'nowhere'], 'is not a folder'],
    [['--socket=none'], 'wrong usage'],
  ])('vouch %j exits with 2 and says what is wrong', async (parameters, said) => {
    const { code, out, err } = await project({ 'a.py': good }).vouch(...parameters);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(said);
  });

  it.each([['--help'], ['--version'], ['check', '--help'], ['try', '--help']])(
    'vouch %s is none',
    async (...parameters) => {
      const { code, out, err } = await project({}).vouch(...parameters);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(out).not.toBe('');
    },
  );
});
