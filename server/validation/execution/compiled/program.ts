// The files of one program that holds the harness, the candidates and the questions to them.
import { posix } from 'node:path';
import type { BuildRules } from '../../../core/build-rules.ts';
import type { CompiledQuestion } from '../protocol.ts';
import type { Surroundings } from './project.ts';
import { fill, fillEach, fillSlots, type Pair, type Slot, type Slotted, type Words } from './template.ts';

/** A question to a candidate in one of the forms that may compile. */
export interface Asking extends Pair {
  readonly withSetup: boolean;
  /** Which of the receivers stands before a bare call. */
  readonly receiver: number;
  readonly isWritten: boolean;
}

/** What a file of the program is about. */
export type Origin =
  | { readonly candidate: number }
  | { readonly asking: Asking; readonly slotAt: (line: number) => Slot | undefined };

export interface Program {
  /** Texts by path from the place. */
  readonly files: ReadonlyMap<string, string>;
  /** `undefined` for files that are the program's own. */
  originOf(path: string): Origin | undefined;
}

export interface Parts {
  readonly rules: BuildRules;
  readonly harness: string;
  readonly surroundings: Surroundings;
  /** Texts by name of files that are compiled with each candidate. */
  readonly companions: ReadonlyMap<string, string>;
  readonly candidates: readonly string[];
  readonly questions: readonly CompiledQuestion[];
  /** Those that the unit can have. */
  readonly receivers: readonly string[];
}

/** The language's own words may name the round. */
export const wordsIn = ({ words }: Surroundings, round: number): Words => ({
  ...Object.fromEntries(Object.entries(words).map(([name, text]) => [name, fill(String(text), { round })])),
  round,
});

/** @param asked sorted by candidate and question. */
export function programOf(parts: Parts, asked: readonly Asking[], round: number): Program {
  const { rules, surroundings, companions, candidates, harness } = parts;
  const words = wordsIn(surroundings, round);
  const files = new Map([[fill(rules.harness, words), harness]]);
  const origins = new Map<string, Origin>();
  const folders = new Map<string, number>();
  for (const [path, text] of Object.entries(rules.files))
    files.set(fill(path, words), fillEach(text, words, asked));
  for (const candidate of new Set(asked.map((one) => one.candidate))) {
    const own = { ...words, candidate };
    const path = fill(rules.candidate, own);
    const mine = asked.filter((one) => one.candidate === candidate);
    folders.set(posix.dirname(path), candidate);
    for (const [name, text] of companions)
      files.set(posix.join(posix.dirname(path), name), changed(rules, text, own));
    const text = changed(rules, candidates[candidate]!, own);
    files.set(path, rules.joined.length > 0 ? `${text}\n${fillEach(rules.joined, own, mine)}` : text);
    for (const asking of mine) {
      const { text: file, slotAt } = questionFile(parts, asking, own);
      const where = fill(rules.question.path, { ...own, question: asking.question });
      files.set(where, file);
      origins.set(where, { asking, slotAt });
    }
  }
  return {
    files,
    originOf(path) {
      const origin = origins.get(path);
      const candidate = folders.get(posix.dirname(path));
      return origin ?? (candidate === undefined ? undefined : { candidate });
    },
  };
}

const changed = ({ changes }: BuildRules, text: string, words: Words): string =>
  changes.reduce(
    (before, { pattern, text: template }) =>
      before.replace(new RegExp(fill(pattern, words), 'gmu'), fill(template, words)),
    text,
  );

function questionFile(parts: Parts, asking: Asking, words: Words): Slotted {
  const { rules, candidates } = parts;
  const own = { ...words, question: asking.question };
  const slots = slotsOf(parts, asking, own);
  const body = slots.template.flatMap((line) =>
    line.includes('{setup}') && slots.setup === '' ? [] : [line],
  );
  const lines = rules.question.text.flatMap((line) => (line.includes('{body}') ? body : [line]));
  const { template: _, ...filled } = slots;
  return fillSlots(lines, {
    ...own,
    ...filled,
    imports: importsOf(rules, candidates[asking.candidate]!, slots),
  });
}

interface Slots {
  readonly template: readonly string[];
  readonly setup: string;
  readonly code: string;
  readonly expected: string;
  readonly written: string;
  readonly error: string;
}

function slotsOf(parts: Parts, asking: Asking, words: Words): Slots {
  const rules = parts.rules.question;
  const question = parts.questions[asking.question]!;
  const receiver = fill(parts.receivers[asking.receiver] ?? '', words);
  const code = (text: string): string => callable(rules, text, receiver, words);
  const nothing = { setup: '', code: '', expected: '', written: '""', error: '""' };
  if (question.kind === 'assertion')
    return { ...nothing, template: rules.assertion ?? [], code: code(question.code) };
  if (question.kind === 'input') {
    const call = `${words.name}(${question.arguments.join(', ')})`;
    const called = question.receiver === undefined ? code(call) : `${question.receiver}.${call}`;
    return { ...nothing, template: rules.input, code: called };
  }
  const { expected, raises, setup = '' } = question;
  return {
    template: raises !== undefined ? rules.raises : asking.isWritten ? rules.written : rules.example,
    setup: asking.withSetup ? code(setup) : '',
    code: code(question.code),
    expected: code(expected ?? ''),
    written: JSON.stringify(expected ?? ''),
    error: JSON.stringify(raises ?? ''),
  };
}

/** Code as it is called from beside the candidate: without its package, and with a receiver where it needs one. */
function callable(rules: BuildRules['question'], code: string, before: string, words: Words): string {
  const bare = rules.own.reduce((text, own) => text.replace(new RegExp(fill(own, words), 'gmu'), ''), code);
  return bare
    .trim()
    .replace(new RegExp(`(?<![\\w.$:])${words.name}(?=\\s*\\()`, 'gu'), () => before + words.name);
}

function importsOf({ question: { imports } }: BuildRules, candidate: string, used: Slots): string {
  if (!imports) return '';
  const code = [used.setup, used.code, used.expected].join('\n');
  const lines = [...candidate.matchAll(new RegExp(imports.pattern, 'gmu'))].flatMap(({ groups }) => {
    const { name, import: line = '' } = groups ?? {};
    const isUsed = name === undefined || new RegExp(`(?<![\\w.])${name}\\b`, 'u').test(code);
    return isUsed ? [fill(imports.text, { import: line })] : [];
  });
  return [...new Set(lines)].join('\n');
}
