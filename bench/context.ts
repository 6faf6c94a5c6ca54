// Whether a prompt has the definition that is used next:
//   tsx bench/context.ts --data DIR --repos DIR [--repo NAME] [--misses]
// DIR/retrieval/cross_file.jsonl.gz has the places; each repository is a folder under --repos. Of the file itself the text
// before the line is seen (`prefix`), or the text after it as well, without the line (`both`). One JSON line a row: share of
// places whose definition stands in a context of 1,024 tokens; how often it is ranked first and among the first three, beside
// the baselines; and milliseconds a query in a workspace of 10 MB.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { baselines } from './context/baselines.ts';
import { type Answer, ask, type Case, openRepository, type Repository } from './context/repository.ts';
import { measureLargeWorkspace } from './context/workspace.ts';

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    repos: { type: 'string' },
    repo: { type: 'string' },
    misses: { type: 'boolean', default: false },
  },
});
const { data, repos } = values;
if (!data || !repos) throw new Error('usage: context.ts --data DIR --repos DIR [--repo NAME] [--misses]');

const cases = gunzipSync(readFileSync(join(data, 'retrieval/cross_file.jsonl.gz')))
  .toString()
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as Case)
  .filter(({ repo }) => (!values.repo || values.repo === repo) && existsSync(join(repos, repo)));
const repositories = new Map<string, Repository>();
for (const { repo } of cases) {
  if (!repositories.has(repo)) repositories.set(repo, await openRepository(join(repos, repo)));
}
const names = [...repositories.keys()];

for (const setting of ['prefix', 'both'] as const) {
  const answers: { readonly one: Case; readonly answer: Answer }[] = [];
  for (const one of cases) {
    answers.push({ one, answer: await ask(repositories.get(one.repo)!, one, setting === 'both') });
  }
  for (const repo of ['all', ...names]) {
    const mine = answers.filter(({ one }) => repo === 'all' || one.repo === repo);
    print({
      bench: 'context',
      setting,
      repo,
      cases: mine.length,
      'in 1024 tokens': percent(mine.filter(({ answer }) => answer.stands).length, mine.length),
      'most tokens': Math.max(...mine.map(({ answer }) => answer.tokens)),
      ...shares(mine.map(({ answer }) => answer.rank)),
    });
  }
  if (values.misses) {
    for (const { one, answer } of answers.filter((each) => !each.answer.stands)) {
      print({ setting, id: one.id, candidates: one.n_cand, rank: answer.rank, tokens: answer.tokens });
    }
  }
}

for (const [name, rate] of Object.entries(baselines)) {
  const ranks = cases.map((one) => {
    const scores = rate(one, repositories.get(one.repo)!);
    const gold = one.cands.findIndex((each) => each.name === one.gold_name && each.path === one.gold_path);
    return scores.filter((score, index) => score > scores[gold]! || (score === scores[gold] && index < gold))
      .length;
  });
  print({ bench: 'context', baseline: name, cases: cases.length, ...shares(ranks) });
}

if (!values.repo)
  print({ bench: 'context', workspace: '10 MB', ...(await measureLargeWorkspace(repos, cases)) });

function shares(ranks: readonly number[]): Record<string, number> {
  return {
    'acc@1': percent(ranks.filter((rank) => rank < 1).length, ranks.length),
    'acc@3': percent(ranks.filter((rank) => rank < 3).length, ranks.length),
  };
}

function percent(part: number, whole: number): number {
  return Math.round((1000 * part) / Math.max(1, whole)) / 10;
}

function print(row: Record<string, unknown>): void {
  console.log(JSON.stringify(row));
}
