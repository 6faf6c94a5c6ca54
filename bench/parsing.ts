// How long from a keystroke to fresh errors and unresolved names on a 10,000-line file, and what loading grammars costs.
// npx tsx bench/parsing.ts [--repos DIR] [--edits N] [--native FOLDER]
// With --repos, the files are put together from the sources found there, else from a sample. One JSON line a row.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createSyntax, type ParsedFile, type Syntax } from '../server/input/syntax/index.ts';

const lineGoal = 10_000;
/** Edits over which each kind of facts is measured. */
const kindEdits = 40;

const { values } = parseArgs({
  options: {
    repos: { type: 'string' },
    edits: { type: 'string', default: '300' },
    native: { type: 'string' },
  },
});

const samples: Readonly<Record<string, string>> = {
  python: `class Account_N(Base):
    """An account."""
    limit = 10

    def deposit(self, amount: int) -> int:
        if amount <= 0:
            raise ValueError(f"bad amount {amount!r}")
        total = sum(entry.value for entry in self.entries)
        return total + amount


def transfer_N(source, target, amount=1):
    for step in range(amount):
        source.withdraw(step)
        target.deposit(step)
    return [source, target]

`,
  typescript: `/** An account. */
export class Account_N<T extends Base> implements Holder {
  private limit = 10;
  deposit(amount: number): number {
    if (amount <= 0) throw new Error(\`bad amount \${amount}\`);
    const total = this.entries.map((entry) => entry.value).reduce((a, b) => a + b, 0);
    return total + amount;
  }
}

export function transfer_N(source: Account_N<Base>, target: Account_N<Base>, amount = 1): void {
  for (const step of range(amount)) {
    source.withdraw(step);
    target.deposit(step);
  }
}

`,
};

function longFile(syntax: Syntax, languageId: string): string {
  const parts: string[] = [];
  let lines = 0;
  const add = (part: string): void => {
    parts.push(part);
    lines += part.split('\n').length - 1;
  };
  if (values.repos) {
    const folder = values.repos;
    for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
      if (lines >= lineGoal || syntax.languageFor(file)?.id !== languageId) continue;
      add(`${readFileSync(join(folder, file), 'utf8')}\n`);
    }
  }
  for (let count = 0; lines < lineGoal; count++) add(samples[languageId]!.replaceAll('_N', `_${count}`));
  return parts.join('');
}

const row = (fields: Record<string, unknown>): void =>
  void process.stdout.write(`${JSON.stringify({ bench: 'parsing', ...fields })}\n`);

const rounded = (milliseconds: number): number => Math.round(milliseconds * 100) / 100;
const quantile = (sorted: readonly number[], share: number): number =>
  rounded(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!);

/** The same numbers each run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

async function measureEdits(syntax: Syntax, languageId: string): Promise<void> {
  let started = performance.now();
  await syntax.load(languageId);
  const load = performance.now() - started;
  let text = longFile(syntax, languageId);
  started = performance.now();
  let file = syntax.parse(languageId, text)!;
  const parse = performance.now() - started;
  started = performance.now();
  void file.facts.errors;
  void file.facts.unresolved;
  const facts = performance.now() - started;

  const next = random(7);
  const wall: number[] = [];
  const cpu: number[] = [];
  let broken = 0;
  const change = (start: number, end: number, newText: string): void => {
    text = text.slice(0, start) + newText + text.slice(end);
    const cpuBefore = process.cpuUsage();
    const before = performance.now();
    file = syntax.parse(languageId, text, { file, edits: [{ span: { start, end }, newText }] })!;
    broken += file.facts.errors.length > 0 ? 1 : 0;
    void file.facts.unresolved;
    wall.push(performance.now() - before);
    const used = process.cpuUsage(cpuBefore);
    cpu.push((used.user + used.system) / 1000);
  };
  // Somebody types a statement below some line, key by key, and takes it back.
  while (wall.length < Number(values.edits)) {
    const lineEnd = text.indexOf('\n', Math.floor(next() * text.length * 0.99));
    const indentation = /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', lineEnd - 1) + 1))![0];
    const typed = `\n${indentation}total = compute("x", [limit])`;
    for (const [index, key] of [...typed].entries()) change(lineEnd + index, lineEnd + index, key);
    change(lineEnd, lineEnd + typed.length, '');
  }
  wall.sort((a, b) => a - b);
  cpu.sort((a, b) => a - b);
  row({
    question: 'edit to facts',
    language: languageId,
    engine: values.native ? 'native' : 'wasm',
    lines: text.split('\n').length,
    loadMs: rounded(load),
    firstParseMs: rounded(parse),
    firstFactsMs: rounded(facts),
    edits: wall.length,
    withErrors: broken,
    wallMs: { p50: quantile(wall, 0.5), p90: quantile(wall, 0.9), p99: quantile(wall, 0.99) },
    cpuMs: { p50: quantile(cpu, 0.5), p90: quantile(cpu, 0.9), p99: quantile(cpu, 0.99) },
  });
  file.release();
}

/** Each kind of facts by itself: its query's first use, the whole file, and again after an edit of one character. */
function measureKinds(syntax: Syntax, languageId: string): void {
  const kinds = [
    ...(['symbols', 'imports', 'exports', 'calls', 'members', 'assignments'] as const),
    ...(['references', 'unresolved', 'comments', 'strings'] as const),
  ];
  let text = longFile(syntax, languageId);
  let file = syntax.parse(languageId, text)!;
  const small = syntax.parse(languageId, 'x\n')!;
  const cpuMs = (of: ParsedFile, kind: (typeof kinds)[number]): number => {
    const before = process.cpuUsage();
    void of.facts[kind];
    const used = process.cpuUsage(before);
    return (used.user + used.system) / 1000;
  };
  const first = kinds.map((kind) => cpuMs(small, kind));
  const cold = kinds.map((kind) => cpuMs(file, kind));
  const edited = kinds.map((): number[] => []);
  for (let count = 0; count < kindEdits; count++) {
    const at = text.indexOf('\n', Math.floor((text.length * (count + 0.5)) / kindEdits));
    text = `${text.slice(0, at)} ${text.slice(at)}`;
    file = syntax.parse(languageId, text, {
      file,
      edits: [{ span: { start: at, end: at }, newText: ' ' }],
    })!;
    for (const [index, kind] of kinds.entries()) edited[index]!.push(cpuMs(file, kind));
  }
  for (const [index, kind] of kinds.entries()) {
    const sorted = edited[index]!.sort((a, b) => a - b);
    row({
      question: 'facts by kind',
      language: languageId,
      kind,
      facts: file.facts[kind].length,
      firstUseCpuMs: rounded(first[index]!),
      wholeFileCpuMs: rounded(cold[index]!),
      editCpuMs: { p50: quantile(sorted, 0.5), p90: quantile(sorted, 0.9) },
    });
  }
  small.release();
  file.release();
}

async function measureLoading(syntax: Syntax): Promise<void> {
  const started = performance.now();
  let longest = 0;
  for (const { id } of syntax.languages) {
    const before = performance.now();
    await syntax.load(id);
    const file = syntax.parse(id, 'x\n');
    file?.release();
    longest = Math.max(longest, performance.now() - before);
  }
  row({
    question: 'load all grammars',
    languages: syntax.languages.length,
    totalMs: rounded(performance.now() - started),
    longestMs: rounded(longest),
  });
}

const open = (): Promise<Syntax> =>
  createSyntax({
    log: (_, message) => process.stderr.write(`${message}\n`),
    ...(values.native && { native: values.native }),
  });

/** With a grammar loaded whose queries nobody has used yet. */
async function fresh(languageId: string): Promise<Syntax> {
  const made = await open();
  await made.load(languageId);
  return made;
}

const syntax = await open();
await measureEdits(syntax, 'python');
await measureEdits(syntax, 'typescript');
for (const id of ['python', 'typescript']) measureKinds(await fresh(id), id);
await measureLoading(syntax);
