// What the embedded engine costs on one large workspace, part by part, in processor time, which other programs on the
// machine do not lengthen:
//   tsx bench/embedded-speed.ts --repo DIR [--questions N] [--patience MS] [--repeat N]
//     [--only index,memory,edit,questions,restart]
// All text files under DIR are learned, as a server does it. With --repeat each question is asked so often more,
// and its fastest answer counts for `repeated`: what is left where other programs did not empty the caches. The index is made twice: the first time while the code is still being compiled, as in
// a start, then as in a server that runs. `digest` is made of all answers: where only the speed changed, it has not.
import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import {
  type CompletionRequest,
  createEmbeddedEngine,
  type EmbeddedEngine,
} from '../server/development/models/embedded/index.ts';
import { createLexer } from '../server/development/models/embedded/lexer.ts';
import { createVocabulary } from '../server/development/models/embedded/vocabulary.ts';
import { randomNumbers, readTree, sourceEnding } from './completion/workspace.ts';

const { values } = parseArgs({
  options: {
    repo: { type: 'string' },
    questions: { type: 'string', default: '400' },
    patience: { type: 'string' },
    repeat: { type: 'string', default: '0' },
    only: { type: 'string' },
  },
});
if (values.repo === undefined) throw new Error('--repo DIR is needed: a folder of sources');
const wanted = (name: string): boolean => values.only === undefined || values.only.split(',').includes(name);
/** Questions that are not counted. */
const warmUp = 20;

const files = readTree(resolve(values.repo));
setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

if (wanted('index')) {
  for (const run of ['first', 'second']) indexing(run);
}
const before = inUse();
const engine = createEmbeddedEngine();
for (const [path, text] of files) {
  engine.learn(path, text);
  engine.work(0, false);
}
while (engine.work(1000));
const { length, tokens, memory } = engine.stats();
if (wanted('memory')) {
  row({
    what: 'memory',
    megabytes: round(length / 1e6),
    tokensPerByte: round(tokens / length, 3),
    account: round(memory / length, 2),
    measured: round((inUse() - before) / length, 2),
  });
}
if (wanted('edit')) editing(engine);
if (wanted('questions')) questions(engine);
if (wanted('restart')) restarting(engine);

function indexing(run: string): void {
  const lexing = busy();
  const lexer = createLexer(createVocabulary());
  let characters = 0;
  for (const text of files.values()) {
    if (text.length > 256 * 1024) continue;
    lexer.lex(text);
    characters += text.length;
  }
  const lexed = lexing();
  const made = createEmbeddedEngine();
  const reading = busy();
  for (const [path, text] of files) {
    made.learn(path, text);
    made.work(0, false);
  }
  while (made.stats().waiting > 0) made.work(20);
  const answers = reading();
  let longest = 0;
  for (let more = true; more; ) {
    const start = performance.now();
    more = made.work(0);
    longest = Math.max(longest, performance.now() - start);
  }
  const size = made.stats().length / 1e3;
  row({
    what: 'index',
    run,
    lexMBs: round(characters / 1e3 / lexed),
    answersMBs: round(size / answers),
    sortedMBs: round(size / reading()),
    longestStepMs: round(longest),
  });
}

/** A key in the middle of a file of 100 KB, up to the first token that it brings. */
function editing(learned: EmbeddedEngine): void {
  const keys = 200;
  const text = [...files.values()]
    .filter((one) => one.length < 60_000)
    .join('\n')
    .slice(0, 100_000);
  const middle = text.lastIndexOf('\n', text.length >> 1);
  const times: number[] = [];
  for (let count = 1; count <= keys; count++) {
    const typed = '\nx'.repeat(count);
    const edited = text.slice(0, middle) + typed + text.slice(middle);
    const typing = busy();
    learned.words({ path: 'edited', text: edited, offset: middle + typed.length });
    times.push(typing());
  }
  row({ what: 'edit', keys, ...quantiles(times.slice(10)) });
}

/** At cursors spread over the sources, each after the key before it, so that the document is known as it is while typing. */
function questions(learned: EmbeddedEngine): void {
  const random = randomNumbers(7);
  const paths = [...files.keys()].filter((path) => sourceEnding.test(path) && files.get(path)!.length > 500);
  const digest = createHash('sha256');
  const spent: number[] = [];
  const passed: number[] = [];
  const repeated: number[] = [];
  const predictions: number[] = [];
  for (let count = 0; count < warmUp + Number(values.questions); count++) {
    const path = paths[Math.floor(random() * paths.length)]!;
    const text = files.get(path)!;
    const offset = 1 + Math.floor(random() * (text.length - 1));
    const request: CompletionRequest = {
      path,
      text: text.slice(0, offset) + text.slice(endOfLine(text, offset)),
      offset,
      alternatives: 4,
      threshold: 0,
      ...(values.patience ? { patience: Number(values.patience) } : {}),
    };
    learned.words({
      ...request,
      text: request.text.slice(0, offset - 1) + request.text.slice(offset),
      offset: offset - 1,
    });
    const { calls } = learned.stats();
    const start = performance.now();
    const asking = busy();
    const found = learned.complete(request);
    const processor = asking();
    const clock = performance.now() - start;
    const made = learned.stats().calls - calls;
    let least = processor;
    for (let again = 0; again < Number(values.repeat) && count >= warmUp; again++) {
      // Nothing that was predicted before counts for it.
      learned.learn('again', '');
      learned.forget('again');
      const repeating = busy();
      learned.complete(request);
      least = Math.min(least, repeating());
    }
    // The first ones are asked before anyone waits for them: a server does the same.
    if (count < warmUp) continue;
    spent.push(processor);
    passed.push(clock);
    repeated.push(least);
    predictions.push(made);
    digest.update(
      JSON.stringify(found.map(({ text: suggested, confidence }) => [suggested, confidence.toFixed(6)])),
    );
  }
  const sum = (list: readonly number[]): number => list.reduce((total, one) => total + one, 0);
  row({
    what: 'questions',
    count: spent.length,
    ...quantiles(spent),
    onTheClock: quantiles(passed),
    ...(Number(values.repeat) > 0 ? { repeated: quantiles(repeated) } : {}),
    predictions: quantiles(predictions),
    microsecondsEach: round((1e3 * sum(repeated)) / sum(predictions)),
    digest: digest.digest('hex').slice(0, 12),
  });
}

function restarting(learned: EmbeddedEngine): void {
  const saving = busy();
  const bytes = learned.save('');
  const saved = saving();
  const [path, text] = [...files].find(([name, one]) => sourceEnding.test(name) && one.length > 5_000)!;
  const next = createEmbeddedEngine();
  const starting = busy();
  next.restore(bytes);
  const restored = starting();
  next.complete({ path, text, offset: text.length >> 1, threshold: 0 });
  row({
    what: 'restart',
    saveMs: round(saved),
    megabytes: round(bytes.length / 1e6),
    restoreMs: round(restored),
    answeredMs: round(starting()),
  });
}

function round(value: number, digits = 1): number {
  return Math.round(value * 10 ** digits) / 10 ** digits;
}

function endOfLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end;
}

/** Bytes, of what is alive. */
function inUse(): number {
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function quantiles(list: readonly number[]) {
  const sorted = [...list].sort((a, b) => a - b);
  const at = (share: number): number =>
    round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!, 2);
  return { p50: at(0.5), p90: at(0.9), p99: at(0.99), most: at(1) };
}

/** Milliseconds of processor time since then. */
function busy(): () => number {
  const start = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  };
}

function row(fields: object): void {
  console.log(JSON.stringify({ bench: 'embedded-speed', ...fields }));
}
