// Learns how sure the embedded engine may be of whole lines and of their beginnings, and which of several lines it puts first,
// over places as they come up where people write: in finished files, in projects of a few files, with more still to be written
// below, and as commits were made.
//   tsx bench/embedded-confidence.ts [--whole N] [--small N] [--commits N] --keep FILE TREE[=GIT]…
//   tsx bench/embedded-confidence.ts --check FILE… FILE…
// The first keeps what came up there in a file, so that several can work at the same time; the second learns from such files.
// TREE is a folder of sources, GIT its history. The numbers are written to lines.json, parts.json and preference.json under
// server/development/models/embedded. What each threshold would show is told for the files to check, which are not learned
// from; trees that are used to judge the engine are for neither.
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import {
  beginningOf,
  candidatesAt,
  likeliestOf,
  lineText,
  partSigns,
} from '../server/development/models/embedded/complete.ts';
import {
  type LineSigns,
  lineFeatures,
  lineUnits,
  partFeatures,
  partUnits,
  type SuggestionKind,
} from '../server/development/models/embedded/confidence.ts';
import { preferenceFeatures, preferenceUnits } from '../server/development/models/embedded/preference.ts';
import { learnedWeights } from '../server/development/models/embedded/weights.ts';
import { wordStarts } from '../server/development/models/embedded/word-starts.ts';
import { languageOf } from './completion/cursors.ts';
import { isRight } from './completion/measure.ts';
import { type Situation, situationsOf } from './completion/situations.ts';
import { type Group, meanLoss, sharesIn, trainNet } from './completion/train-net.ts';
import { randomNumbers } from './completion/workspace.ts';

interface Sample {
  readonly origin: Situation['origin'];
  readonly language: string;
  readonly kind: 'line' | 'rest';
  readonly lines: Group;
  /** The same lines by the signs that tell which comes first. */
  readonly order: Group;
  /** Of the likeliest path, the beginnings from one token on. */
  readonly parts: readonly Group[];
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    whole: { type: 'string', default: '220' },
    small: { type: 'string', default: '12' },
    commits: { type: 'string', default: '40' },
    keep: { type: 'string' },
    check: { type: 'string', multiple: true, default: [] },
  },
});

const counts = {
  whole: Number(values.whole),
  small: Number(values.small),
  smallPlaces: 10,
  commits: Number(values.commits),
};
const patience = 2_000;

/** At about this confidence lines are shown. */
const sureEnough = 0.8;

/** A few thousand places learn from each other only what is plain. */
const decay = 2e-3;

/** Lines asked for at one place. */
const alternatives = 4;

const random = randomNumbers(11);
if (values.keep) {
  await collectAll(positionals);
  process.exit();
}
const learned = positionals.flatMap(kept);
const lines = trainNet(
  learned.map((sample) => sample.lines).filter(({ rows }) => rows.length > 0),
  { units: lineUnits, epochs: 40, decay, random },
  tell('lines'),
);
write('lines.json', lines);
// Which line is right is told by the same signs wherever people write: finished files are enough.
const order = trainNet(
  learned
    .filter(({ origin, lines: { rows } }) => origin === 'whole' && rows.length > 0)
    .map((sample) => sample.order),
  { units: preferenceUnits, epochs: 40, decay: 3e-4, random },
  tell('order'),
);
write('preference.json', order);
// Beginnings are shown where no line is sure enough: those are other places than all.
const parts = trainNet(
  learned.filter((sample) => shownLine(sample, sureEnough).length === 0).flatMap((sample) => sample.parts),
  { units: partUnits, epochs: 12, decay, random },
  tell('parts'),
);
write('parts.json', parts);
judge(values.check.flatMap(kept));

function kept(file: string): Sample[] {
  return JSON.parse(readFileSync(file, 'utf8')) as Sample[];
}

async function collectAll(trees: readonly string[]): Promise<Sample[]> {
  const samples: Sample[] = [];
  for (const one of trees) {
    const [tree, git] = one.split('=');
    const before = samples.length;
    for await (const situation of situationsOf(tree!, git, counts, learnedWeights, random)) {
      samples.push(await sampleOf(situation));
    }
    console.error(one, samples.length - before);
    if (values.keep) writeFileSync(values.keep, JSON.stringify(samples));
  }
  return samples;
}

async function sampleOf({ origin, workspace, request, place, evidence, target }: Situation): Promise<Sample> {
  const { vocabulary, predictor } = workspace;
  let signs: readonly LineSigns[] = [];
  const tools = {
    vocabulary,
    predictor,
    words: () => wordStarts(vocabulary, predictor, place, evidence),
    confidence: () => 0,
    confidences: (all: readonly LineSigns[]) => {
      signs = all;
      return all.map(() => 0);
    },
  };
  const asked = { ...request, alternatives };
  const found = candidatesAt(tools, asked, place, evidence, performance.now() + patience);
  const path = likeliestOf(found.paths);
  const right = found.lines.findIndex((one) => isRight(one, target));
  const beginnings = (path?.tokens ?? []).map((_, index) => beginningOf(path!, index + 1));
  return {
    origin,
    language: await languageOf(request.path),
    kind: place.lineStart === '' ? 'line' : 'rest',
    lines: { rows: signs.map(lineFeatures), right },
    order: { rows: signs.map(preferenceFeatures), right },
    parts: beginnings.flatMap((part) => {
      const text = lineText(vocabulary, place, part.tokens);
      if (text === undefined) return [];
      const isTrue = isRight({ text, whole: false }, target);
      const row = partFeatures(partSigns(vocabulary, place, evidence, part, found.total));
      return [{ rows: [row], right: isTrue ? 0 : -1 }];
    }),
  };
}

/** What would be shown at each threshold, and how much of it is right. */
function judge(samples: readonly Sample[]): void {
  console.log(
    JSON.stringify({
      bench: 'embedded-confidence',
      samples: samples.length,
      exact: percent(samples.filter(firstIsRight).length, samples.length),
      linesLoss: meanLoss(
        samples.map((sample) => sample.lines),
        lineUnits,
        lines,
      ),
      partsLoss: meanLoss(
        samples.flatMap((sample) => sample.parts),
        partUnits,
        parts,
      ),
    }),
  );
  const languages = [...new Set(samples.map(({ language }) => language))].filter(
    (language) => samples.filter((one) => one.language === language).length > 200,
  );
  const groups: [string, readonly Sample[]][] = [
    ['all', samples],
    ...(['whole', 'small', 'replay'] as const).map((origin): [string, readonly Sample[]] => [
      origin,
      samples.filter((one) => one.origin === origin),
    ]),
    ...languages.map((language): [string, readonly Sample[]] => [
      language,
      samples.filter((one) => one.language === language),
    ]),
  ];
  for (const [of, some] of groups) {
    for (const kind of ['line', 'rest', 'part', 'token'] as const) {
      for (const threshold of [0.6, 0.65, 0.7, 0.75, 0.8, 0.85]) tellThreshold(of, some, kind, threshold);
    }
  }
}

function tellThreshold(
  of: string,
  samples: readonly Sample[],
  kind: SuggestionKind,
  threshold: number,
): void {
  const places = samples.filter((one) => kind === 'part' || kind === 'token' || one.kind === kind);
  const shown = places.flatMap((one) =>
    kind === 'part' || kind === 'token' ? shownPart(one, kind, threshold) : shownLine(one, threshold),
  );
  const right = shown.filter(Boolean).length;
  console.log(
    JSON.stringify({
      bench: 'embedded-confidence',
      of,
      kind,
      threshold,
      places: places.length,
      coverage: percent(shown.length, places.length),
      precision: percent(right, shown.length),
    }),
  );
}

function firstIsRight({ order: group }: Sample): boolean {
  const shares = sharesIn(group, preferenceUnits, order);
  return group.right !== -1 && shares[group.right] === Math.max(...shares);
}

function shownLine({ lines: group }: Sample, threshold: number): boolean[] {
  const shares = sharesIn(group, lineUnits, lines);
  const most = Math.max(...shares);
  return most >= threshold ? [group.right !== -1 && shares[group.right] === most] : [];
}

/** Where no line is shown. */
function shownPart(sample: Sample, kind: 'part' | 'token', threshold: number): boolean[] {
  if (shownLine(sample, sureEnough).length > 0) return [];
  const sure = sample.parts.map((part) => sharesIn(part, partUnits, parts)[0]! >= threshold);
  const last = sure.lastIndexOf(true);
  return last === -1 || (kind === 'token') !== (last === 0) ? [] : [sample.parts[last]!.right === 0];
}

function tell(net: string): (epoch: number, loss: number) => void {
  return (epoch, loss) => {
    if (epoch % 5 === 0) console.error(net, epoch, loss.toFixed(4));
  };
}

function write(name: string, numbers: readonly number[]): void {
  const file = new URL(`../server/development/models/embedded/${name}`, import.meta.url);
  writeFileSync(file, `${JSON.stringify(numbers)}\n`);
}

function percent(part: number, of: number): number {
  return Math.round((1000 * part) / (of || 1)) / 10;
}
