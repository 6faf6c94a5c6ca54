// How good the checks are, one JSON line a row and one file a question: against labelled data (`--data DIR`), and false
// alarms, time and findings over real trees (`--repos DIR`, one folder a repository). `--findings` prints each finding
// too, for reading; `--only NAME` asks one question; `--judge` has compilers asked of planted
// mistakes as well, where installed (`--verdicts FILE` keeps what they say for the next run), and `--language ID` leaves it
// at those in one language.
import { parseArgs } from 'node:util';
import { createSyntax, type Syntax } from '../../server/input/syntax/index.ts';
import { measureDebugbench } from './debugbench.ts';
import { log } from './kit.ts';
import { measureLibraries } from './libraries.ts';
import { measureMutations } from './mutations.ts';
import { measureNames } from './names.ts';
import { measureRepositories } from './repositories.ts';
import { measureSecurity } from './security.ts';

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    repos: { type: 'string' },
    only: { type: 'string' },
    findings: { type: 'boolean', default: false },
    judge: { type: 'boolean', default: false },
    language: { type: 'string' },
    verdicts: { type: 'string' },
  },
});

/** One row a question: what it needs, and who asks it. */
const questions = [
  { name: 'names', needs: 'data', measure: measureNames },
  { name: 'libraries', needs: 'data', measure: measureLibraries },
  { name: 'debugbench', needs: 'data', measure: measureDebugbench },
  { name: 'security', needs: 'data', measure: measureSecurity },
  { name: 'repositories', needs: 'repos', measure: measureRepositories },
  {
    name: 'mutations',
    needs: 'repos',
    measure: (all: Syntax, folder: string, findings: boolean) => {
      const { judge, language, verdicts } = values;
      return measureMutations(all, folder, { judge, findings, language, verdicts });
    },
  },
] as const;

const syntax = await createSyntax({ log });
for (const { name, needs, measure } of questions) {
  const folder = values[needs];
  if (folder && (values.only === undefined || values.only === name))
    await measure(syntax, folder, values.findings);
}
if (!values.data && !values.repos)
  log('error', 'usage: validation --data DIR and/or --repos DIR [--only NAME] [--findings]');
