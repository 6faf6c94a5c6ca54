// What peers rank definitions by: words in common with the lines before (Jaccard, BM25), and parts of names.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { subwords } from '../../server/input/context/subwords.ts';
import type { Candidate, Case, Repository } from './repository.ts';

/** A score for each candidate. */
type Baseline = (one: Case, repository: Repository) => readonly number[];

/** Lines before the place that are compared, and lines of a definition. */
const linesBefore = 5;
const linesOfDefinition = 20;

const wordsIn = (text: string): string[] => text.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu) ?? [];

const before = ({ prefix_tail }: Case): string => prefix_tail.split('\n').slice(-linesBefore).join('\n');

const texts = new Map<string, string>();

/** The definition's first line and what is indented below it. */
function definition({ folder }: Repository, { path, line }: Candidate): string {
  const key = `${join(folder, path)}:${line}`;
  const known = texts.get(key);
  if (known !== undefined) return known;
  const lines = readFileSync(join(folder, path), 'utf8')
    .split('\n')
    .slice(line - 1);
  const depth = (text: string): number => text.length - text.trimStart().length;
  const end = lines.findIndex(
    (text, at) => at > 0 && text.trim() !== '' && depth(text) <= depth(lines[0]!) && !/^\s*[)}\]]/.test(text),
  );
  const text = lines.slice(0, Math.min(end < 0 ? lines.length : end, linesOfDefinition)).join('\n');
  texts.set(key, text);
  return text;
}

export const baselines: Readonly<Record<string, Baseline>> = {
  Jaccard(one, repository) {
    const here = new Set(wordsIn(before(one)));
    return one.cands.map((each) => {
      const there = new Set(wordsIn(definition(repository, each)));
      const shared = [...here].filter((word) => there.has(word)).length;
      return shared / Math.max(1, here.size + there.size - shared);
    });
  },

  'name overlap'(one) {
    const here = new Set(wordsIn(before(one)).flatMap(subwords));
    return one.cands.map(({ name }) => {
      const parts = subwords(name);
      return parts.filter((part) => here.has(part)).length / Math.max(1, parts.length);
    });
  },

  BM25(one, repository) {
    const query = new Set(wordsIn(before(one)).flatMap(subwords));
    const documents = one.cands.map((each) => wordsIn(definition(repository, each)).flatMap(subwords));
    const average = documents.reduce((sum, { length }) => sum + length, 0) / documents.length;
    const holding = (word: string): number => documents.filter((words) => words.includes(word)).length;
    const rarity = new Map(
      [...query].map((word) => {
        const count = holding(word);
        return [word, Math.log(1 + (documents.length - count + 0.5) / (count + 0.5))];
      }),
    );
    return documents.map((words) => {
      let score = 0;
      for (const word of query) {
        const times = words.filter((each) => each === word).length;
        score += (rarity.get(word)! * times * 2.2) / (times + 1.2 * (0.25 + (0.75 * words.length) / average));
      }
      return score;
    });
  },
};
