// A process that has judged once and keeps its judges: for the test that kills it.
import { join } from 'node:path';
import { defaultSettings } from '../../../server/core/settings.ts';
import { createJudges } from '../../../server/validation/oracles/index.ts';
import { changeOf, quietRun, scriptedServer } from './kit.ts';

const root = process.argv[2]!;
const of = (mode: string) => ({
  command: [process.execPath, scriptedServer, mode, join(root, 'journal')],
  languages: ['plain'],
});
const judges = createJudges({
  languages: [],
  log: () => undefined,
  settingsFor: () => ({
    ...defaultSettings,
    validation: { ...defaultSettings.validation, judges: { stays: of('never-leaves'), other: of('pull') } },
  }),
});
await judges.judge(quietRun(), root, changeOf(join(root, 'a.txt'), '<<a|b>>'));
setInterval(() => undefined, 1_000);
