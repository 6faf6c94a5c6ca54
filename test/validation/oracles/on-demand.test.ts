// JavaScript before the judges of TypeScript: that they find nothing says nothing where nobody asked them to look.
import { expect, it } from 'vitest';
import { readLanguages } from '../../../server/input/syntax/languages.ts';
import { findResources } from '../../../server/input/syntax/resources.ts';
import { changeOf, languageWith, openLab, quietRun, scriptedServer } from './kit.ts';

const languages = readLanguages(findResources().grammars);
const judgesOf = (id: string) => languages.find((one) => one.id === id)!.judges!;
const { onDemand } = judgesOf('javascript')[0]!;

it('is judged by the same programs, on demand', () => {
  const named = (id: string) => judgesOf(id).map(({ name }) => name);
  expect(named('javascript')).toEqual(named('typescript'));
  expect(judgesOf('typescript').some((tool) => tool.onDemand)).toBe(false);
});

const command = [process.execPath, scriptedServer, 'pull', '{root}/journal'];
const cases: readonly [
  what: string,
  text: string,
  files: Readonly<Record<string, string>>,
  asked: boolean,
][] = [
  ['a bare file', '', {}, false],
  ['a file that asks', '// @ts-check\n', {}, true],
  ['a project that asks', '', { 'jsconfig.json': '{ "compilerOptions": { "checkJs": true } }' }, true],
  ['a project that might', '', { 'tsconfig.json': '{\n  // "checkJs": true,\n  "allowJs": true\n}' }, false],
];
it.each(cases)('%s', async (_, text, files, asked) => {
  await using lab = await openLab('', {
    languages: [languageWith([{ name: 'scripted', command, onDemand: onDemand! }])],
    judgesSettings: {},
    files,
  });
  const judge = async (put: string) =>
    (await lab.judges.judge(quietRun(), lab.root, changeOf(lab.path('a.txt'), `${text}<<a|${put}>>`)))[0]!;
  expect((await judge('b')).failed).toBe(asked ? undefined : onDemand!.otherwise);
  expect((await judge('BAD')).findings).toHaveLength(1);
});
