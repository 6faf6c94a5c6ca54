// What a candidate does to other files, and what other files that are not saved do to it.
import { describe, expect, it } from 'vitest';
import { changeOf, type Lab, type LabOptions, languageWith, openLab, quietRun } from './kit.ts';

async function judge(
  lab: Lab,
  marked: string,
  more: { dependents?: string[]; unsaved?: [string, string][] },
) {
  const dependents = (more.dependents ?? []).map(lab.path);
  const unsaved = (more.unsaved ?? []).map(([name, text]) => ({
    path: lab.path(name),
    languageId: 'plain',
    text,
  }));
  const change = { ...changeOf(lab.path('a.txt'), marked), dependents, unsaved };
  const [report] = await lab.judges.judge(quietRun(), lab.root, change);
  return report!;
}

const files = {
  'b.txt': 'USES other\n\n  USES name here\n',
  'c.txt': 'USES name\n',
  'd.txt': 'nothing\n',
};
const renames = 'start\n<<DEFINES name|\n\n  DEFINES nam\n>>\nend\n';

describe('a candidate that breaks other files', () => {
  const commands = ['none', 'all'].map((question) => ({
    command: 'some.command',
    arguments: [question, { file: '{path}' }],
  }));
  const speaks: readonly [mode: string, options: LabOptions][] = [
    ['pull', {}],
    ['push', {}],
    [
      'commands',
      { languages: [languageWith([{ name: 'scripted', command: ['unused'], server: { commands } }])] },
    ],
  ];
  for (const [mode, options] of speaks) {
    it(`is told so at its first line, with the places and without what was wrong before: ${mode}`, async () => {
      await using lab = await openLab(mode, { files, ...options });
      const { findings } = await judge(lab, renames, { dependents: ['b.txt', 'c.txt', 'd.txt'] });
      expect(findings).toEqual([
        {
          check: 'types/scripted',
          severity: 'error',
          path: lab.path('a.txt'),
          span: { start: 10, end: 21 },
          message: 'Breaks `b.txt:3` and 1 place more: name is missing',
          fixes: [],
          related: [
            {
              path: lab.path('b.txt'),
              line: 2,
              text: '  USES name here',
              span: { start: 2, end: 11 },
              message: 'name is missing',
            },
            expect.objectContaining({ path: lab.path('c.txt'), line: 0 }),
          ],
        },
      ]);
    });
  }

  it('is not, when it breaks none', async () => {
    await using lab = await openLab('pull', { files });
    const { findings } = await judge(lab, '<<DEFINES name|DEFINES name 2>>\n', { dependents: ['b.txt'] });
    expect(findings).toEqual([]);
  });

  it('breaks a file as it is in the editor', async () => {
    await using lab = await openLab('pull', { files });
    const more = { dependents: ['c.txt'], unsaved: [['c.txt', 'USES nothing\n']] as [string, string][] };
    expect((await judge(lab, renames, more)).findings).toEqual([]);
  });

  it('is asked about few files, and of none that is gone or too large', async () => {
    const large = { 'large.txt': 'x'.repeat(2 * 1024 ** 2) };
    await using lab = await openLab('pull', { files: { ...files, ...large }, limits: { dependents: 3 } });
    await judge(lab, renames, { dependents: ['gone.txt', 'large.txt', 'b.txt', 'c.txt'] });
    const shown = new Set((await lab.journal()).flatMap(({ uri }) => uri?.split('/').at(-1) ?? []));
    expect([...shown].sort()).toEqual(['a.txt', 'b.txt']);
  });

  for (const trouble of ['SLOW', 'CRASH']) {
    it(`has its own verdict where that of the others does not come: ${trouble}`, async () => {
      await using lab = await openLab('pull', { files: { 'b.txt': trouble }, limits: { further: 100 } });
      for (const put of ['BAD', 'BAD 2']) {
        const { findings, failed } = await judge(lab, `a\n<<b|${put}>>\n`, { dependents: ['b.txt'] });
        expect({ failed, messages: findings.map(({ message }) => message) }).toEqual({
          failed: undefined,
          messages: ['BAD is not good (bad)'],
        });
      }
    });
  }

  it('is compared with the text before once, however many candidates there are', async () => {
    await using lab = await openLab('pull', { files });
    for (const name of ['one', 'two']) {
      await judge(lab, `<<DEFINES name|DEFINES ${name}>>\n`, { dependents: ['b.txt'] });
    }
    const shown = (await lab.journal()).flatMap(({ shown: text }) => text ?? []);
    expect(shown.filter((text) => text.includes('DEFINES name'))).toHaveLength(1);
  });
});

describe('another file that is not saved', () => {
  it('is seen as it is in the editor', async () => {
    await using lab = await openLab('pull', { files: { 'b.txt': 'old\n' } });
    const uses = '<<one|USES later>>\n';
    expect((await judge(lab, uses, {})).findings).toHaveLength(1);
    expect((await judge(lab, uses, { unsaved: [['b.txt', 'DEFINES later\n']] })).findings).toEqual([]);
    // Saved with something else meanwhile: it counts as it is on disk.
    expect((await judge(lab, uses, {})).findings).toHaveLength(1);
  });
});
