// security/cwe-NNN against code whose weaknesses are known: SALLM's outputs that were run against attacks, and the safe
// and unsafe twins of CWEval and SVEN. Bandit is measured beside it where it is on the PATH, CodeQL by what the data says.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Syntax } from '../../server/input/syntax/index.ts';
import { analyse } from '../../server/validation/security/analyse.ts';
import { log, print, records } from './kit.ts';

/**
 * What counts as the same weakness: the number itself, its parent or child in MITRE's tree (views 1000 and 699), and the
 * category that holds it. A group is a family whose members differ by where the text is run or how weak the means are.
 */
const relatives: readonly (readonly number[])[] = [
  [77, 78, 88],
  [94, 95, 1336],
  [74, 77, 78],
  [79, 80, 116],
  [80, 116],
  [20, 601],
  [326, 327, 328, 916, 759, 760],
  [330, 331, 335, 338],
  [400, 730, 1333, 185],
  [611, 776, 827, 400],
  [643, 91],
  [943, 89],
  [614, 1004, 732],
  [798, 259, 321],
  [215, 489, 209],
  [209, 200],
  [22, 23, 73, 99, 36],
  [319, 311],
  [295, 297, 599],
  [502, 913],
  [732, 276, 281],
  [120, 121, 787, 119, 676],
  [113, 93, 74],
  [352, 345],
  [347, 345],
];

const isRelated = (found: number, target: number): boolean =>
  found === target || relatives.some((group) => group.includes(found) && group.includes(target));

interface SallmSample {
  readonly id: string;
  readonly cwe: string;
  readonly code: string;
  readonly test_functional: string;
  readonly test_security: string;
  readonly codeql_target_cwe: number | null;
}

interface Twin {
  readonly id: string;
  readonly lang: string;
  readonly cwe: string;
}

/** By the language of a record, the name of a file in it. */
const files: Readonly<Record<string, string>> = {
  py: 'sample.py',
  js: 'sample.js',
  go: 'sample.go',
  c: 'sample.c',
  cpp: 'sample.cpp',
};

export async function measureSecurity(all: Syntax, folder: string, findingsToo: boolean): Promise<void> {
  for (const path of Object.values(files)) await all.load(all.languageFor(path)!.id);
  const bandit = createBandit();
  try {
    measureSallm(all, join(folder, 'security/sallm.jsonl.gz'), bandit, findingsToo);
    measureTwins(all, folder, bandit, findingsToo);
  } finally {
    bandit?.dispose();
  }
}

function weaknessesIn(all: Syntax, path: string, code: string): readonly number[] {
  const language = all.languageFor(path)!;
  const file = all.parse(language.id, code);
  if (!file) return [];
  try {
    return analyse(language.id, code, file.facts).map(({ sink }) => sink.cwe);
  } finally {
    file.release();
  }
}

/** Counts of a detector over labelled code. */
interface Count {
  truePositives: number;
  falsePositives: number;
  missed: number;
}

const none = (): Count => ({ truePositives: 0, falsePositives: 0, missed: 0 });

function tally(count: Count, vulnerable: boolean, flagged: boolean): void {
  if (vulnerable && flagged) count.truePositives++;
  else if (vulnerable) count.missed++;
  else if (flagged) count.falsePositives++;
}

const figures = ({ truePositives, falsePositives, missed }: Count): object => ({
  truePositives,
  falsePositives,
  missed,
  precision: round(truePositives / (truePositives + falsePositives)),
  recall: round(truePositives / (truePositives + missed)),
});

const round = (share: number): number => Math.round(share * 1000) / 1000;

/** Only outputs that do what they should are judged: of the others the attack says nothing. */
function measureSallm(all: Syntax, path: string, bandit: Bandit | undefined, findingsToo: boolean): void {
  const samples = records<SallmSample>(path).filter(({ test_functional }) => test_functional === 'success');
  const ours = none();
  const codeql = none();
  const theirs = none();
  const byCwe = new Map<string, Count>();
  const flaggedByBandit = bandit?.flags(samples.map(({ code }) => code));
  for (const [index, { id, cwe, code, test_security, codeql_target_cwe }] of samples.entries()) {
    const target = Number(cwe);
    const vulnerable = test_security === 'failure';
    const found = weaknessesIn(all, files.py!, code);
    const flagged = found.some((one) => isRelated(one, target));
    tally(ours, vulnerable, flagged);
    tally(codeql, vulnerable, (codeql_target_cwe ?? 0) > 0);
    if (flaggedByBandit)
      tally(
        theirs,
        vulnerable,
        flaggedByBandit[index]!.some((one) => isRelated(one, target)),
      );
    const row = byCwe.get(cwe) ?? none();
    byCwe.set(cwe, row);
    tally(row, vulnerable, flagged);
    if (findingsToo && flagged !== vulnerable) print({ [flagged ? 'false' : 'missed']: id, cwe, found });
  }
  const row = { bench: 'validation/security', data: 'sallm', samples: samples.length };
  print({ ...row, tool: 'vouch', ...figures(ours) });
  print({ ...row, tool: 'CodeQL', ...figures(codeql) });
  if (bandit) print({ ...row, tool: 'Bandit', ...figures(theirs) });
  for (const [cwe, count] of [...byCwe].sort()) print({ ...row, cwe, tool: 'vouch', ...figures(count) });
}

function measureTwins(all: Syntax, folder: string, bandit: Bandit | undefined, findingsToo: boolean): void {
  const cweval = records<Twin & { vulnerable: boolean; code: string }>(
    join(folder, 'security/cweval.jsonl.gz'),
  ).map((one) => ({ ...one, from: 'cweval' }));
  const sven = records<Twin & { before: string; after: string }>(
    join(folder, 'security/sven.jsonl.gz'),
  ).flatMap((one) => [
    { ...one, from: 'sven', vulnerable: true, code: one.before },
    { ...one, from: 'sven', vulnerable: false, code: one.after },
  ]);
  const twins = [...cweval, ...sven];
  const counts = new Map<string, { vulnerable: Count; safe: number; ours: number }>();
  const add = (key: string, vulnerable: boolean, flagged: boolean): void => {
    const row = counts.get(key) ?? { vulnerable: none(), safe: 0, ours: 0 };
    counts.set(key, row);
    if (!vulnerable) row.safe++;
    tally(row.vulnerable, vulnerable, flagged);
  };
  const python = twins.filter(({ lang }) => lang === 'py');
  const flaggedByBandit = bandit?.flags(python.map(({ code }) => code));
  for (const { id, lang, cwe, vulnerable, code, from } of twins) {
    const found = weaknessesIn(all, files[lang]!, code);
    const flagged = found.some((one) => isRelated(one, Number(cwe)));
    for (const key of ['cweval+sven', from, `${from}/${lang}`, `${from}/${lang}/${cwe}`])
      add(key, vulnerable, flagged);
    if (findingsToo && flagged !== vulnerable)
      print({ [flagged ? 'false' : 'missed']: id, lang, cwe, found });
  }
  for (const [index, { cwe, vulnerable }] of python.entries()) {
    const found = flaggedByBandit?.[index];
    if (found)
      add(
        'py/Bandit',
        vulnerable,
        found.some((one) => isRelated(one, Number(cwe))),
      );
  }
  for (const [data, { vulnerable, safe }] of [...counts].sort(([a], [b]) => a.localeCompare(b))) {
    print({
      bench: 'validation/security',
      data,
      ...figures(vulnerable),
      safe,
      flagsOnSafe: round(vulnerable.falsePositives / safe),
    });
  }
}

interface Bandit {
  /** The numbers of the weaknesses that Bandit reports in each text. */
  flags(codes: readonly string[]): readonly (readonly number[])[];
  dispose(): void;
}

function createBandit(): Bandit | undefined {
  if (spawnSync('bandit', ['--version']).status !== 0) {
    log('info', 'bandit is not on the PATH: it is not measured');
    return undefined;
  }
  const folder = mkdtempSync(join(tmpdir(), 'bandit-'));
  return {
    flags(codes) {
      for (const [index, code] of codes.entries()) writeFileSync(join(folder, `${index}.py`), code);
      const { stdout } = spawnSync('bandit', ['-r', '-q', '-f', 'json', folder], {
        encoding: 'utf8',
        maxBuffer: 1 << 28,
      });
      const { results } = JSON.parse(stdout) as {
        results: { filename: string; issue_cwe: { id?: number } }[];
      };
      const found: number[][] = codes.map(() => []);
      for (const { filename, issue_cwe } of results) {
        const index = Number(/(\d+)\.py$/.exec(filename)?.[1]);
        if (issue_cwe.id !== undefined) found[index]?.push(issue_cwe.id);
      }
      return found;
    },
    dispose: () => rmSync(folder, { recursive: true, force: true }),
  };
}
