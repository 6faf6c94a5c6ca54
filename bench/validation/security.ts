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
 * Child and parent in MITRE's tree (CWE 4.x, views 1000 and 699; 730 is a category, of which 400 and 1333 are members).
 * A finding counts for a target that is the same weakness, or its parent or grandparent, or the other way round.
 */
const parents: readonly (readonly [child: number, parent: number])[] = [
  [77, 74],
  [78, 77],
  [88, 77],
  [79, 74],
  [80, 79],
  [943, 74],
  [89, 943],
  [90, 943],
  [643, 943],
  [91, 74],
  [643, 91],
  [94, 74],
  [95, 94],
  [1336, 94],
  [93, 74],
  [113, 93],
  [117, 116],
  [328, 326],
  [328, 327],
  [916, 328],
  [759, 916],
  [760, 916],
  [331, 330],
  [335, 330],
  [338, 330],
  [1204, 330],
  [297, 295],
  [599, 295],
  [400, 730],
  [1333, 400],
  [776, 400],
  [1333, 730],
  [614, 311],
  [319, 311],
  [1004, 732],
  [276, 732],
  [259, 798],
  [321, 798],
  [209, 200],
  [215, 200],
  [23, 22],
  [36, 22],
  [502, 913],
  [121, 120],
  [120, 119],
  [787, 119],
  [352, 345],
  [347, 345],
  [379, 377],
  [378, 377],
];

const above = (cwe: number): number[] =>
  parents.flatMap(([child, parent]) => (child === cwe ? [parent] : []));

const isRelated = (found: number, target: number): boolean => {
  const near = (one: number): number[] => [one, ...above(one), ...above(one).flatMap(above)];
  // All injections share 74: it relates nothing but itself and its children.
  return near(found).some((one) => one === target && one !== 74) || near(target).some((one) => one === found);
};

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
