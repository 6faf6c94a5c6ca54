// What compilers say of mistakes made on purpose: many at once, of one unit and one kind. Answers are kept in a file where
// one is named, since the same mistakes are judged again and again while the checks change.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, relative } from 'node:path';
import { applyEdits } from '../../server/core/span.ts';
import { errorsOf, type Judge } from './judges.ts';
import { type Mutation, mutated } from './mistakes.ts';

/** What is remembered of judges, by mistake. */
type Verdicts = Record<string, boolean>;

/** Mistakes that are in a file at once are so many lines apart, so that none hides another; names of imports hide none. */
const linesApart = 30;

const isApart = (one: Mutation, other: Mutation): boolean =>
  one.path !== other.path ||
  one.first - other.last >= (one.kind === 'import' ? 1 : linesApart) ||
  other.first - one.last >= (one.kind === 'import' ? 1 : linesApart);

/**
 * Which of the mistakes the judge finds: those with an error on their lines that is not there without them.
 * @param folder that the judge may write to.
 * @param remembered a file of verdicts.
 */
export function judgedWrong(
  judge: Judge,
  folder: string,
  mutations: readonly Mutation[],
  remembered: string | undefined,
): ReadonlySet<Mutation> {
  const verdicts = read(remembered);
  const keys = new Map(mutations.map((one) => [one, keyOf(folder, one)]));
  const units = new Map<string, Mutation[]>();
  for (const one of mutations) {
    if (Object.hasOwn(verdicts, keys.get(one)!)) continue;
    // Of some kinds a compiler says nothing any more once it has found others.
    const unit = `${judge.unit(relative(folder, one.path))}\n${one.kind}`;
    units.set(unit, [...(units.get(unit) ?? []), one]);
  }
  const files = [...new Set(mutations.map(({ path }) => relative(folder, path)))];
  const clean = new Map<string, ReadonlySet<string>>();
  for (const unit of units.values()) {
    const of = judge.unit(relative(folder, unit[0]!.path));
    const own = files.filter((file) => judge.unit(file) === of);
    if (!clean.has(of)) clean.set(of, errorsOf(judge, folder, own));
    for (const one of foundIn(unit, judge, folder, own, clean.get(of)!)) verdicts[keys.get(one)!] = true;
    for (const one of unit) verdicts[keys.get(one)!] ??= false;
    if (remembered !== undefined) writeFileSync(remembered, JSON.stringify(verdicts));
  }
  return new Set(mutations.filter((one) => verdicts[keys.get(one)!]));
}

function foundIn(
  unit: readonly Mutation[],
  judge: Judge,
  folder: string,
  files: readonly string[],
  clean: ReadonlySet<string>,
): ReadonlySet<Mutation> {
  const found = new Set<Mutation>();
  for (let left = [...unit]; left.length > 0; ) {
    const round: Mutation[] = [];
    for (const one of left) if (round.every((other) => isApart(one, other))) round.push(one);
    left = left.filter((one) => !round.includes(one));
    const before = new Map(round.map(({ path }) => [path, readFileSync(path, 'utf8')]));
    for (const [path, text] of before) {
      const edits = round.filter((one) => one.path === path).map(({ edit }) => edit);
      writeFileSync(path, applyEdits(text, edits));
    }
    const errors = errorsOf(judge, folder, files);
    for (const [path, text] of before) writeFileSync(path, text);
    const seen = round.filter(({ path, first, last }) => {
      const lines = Array.from({ length: last - first + 1 }, (_, index) => first + index);
      return lines.some((line) => {
        const at = `${relative(folder, path)}:${line}`;
        return errors.has(at) && !clean.has(at);
      });
    });
    for (const one of seen) found.add(one);
    if (judge.staged && seen.length > 0) left.push(...round.filter((one) => !found.has(one)));
  }
  return found;
}

const read = (path: string | undefined): Verdicts =>
  path !== undefined && existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Verdicts) : {};

function keyOf(folder: string, mutation: Mutation): string {
  const text = createHash('sha1').update(mutated(mutation)).digest('hex');
  return `${basename(folder)}/${relative(folder, mutation.path)} ${mutation.kind} ${text}`;
}
