// What vouch costs while one types, against the built server as an editor starts it (`npm run build` first):
//   tsx bench/latency.ts [--only start|diagnostics|completion] [--runs N]
// start: process start to `initialize` answered. diagnostics: keystroke to fresh diagnostics on a file of 10,000 lines
// whose every line counts. completion: what the server adds to the bare HTTP call with the same request to the same
// scripted model server on loopback. One JSON line a row, in milliseconds.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { CompletionRequest } from 'vscode-languageserver';
import { type ClientOptions, connectClient, type LspClient, spawnServer } from '../test/kit/client.ts';
import { startModelServer } from '../test/kit/model-server.ts';
import { type Profile, profiles } from '../test/kit/profiles.ts';

const LINES = 10_000;
/** Keystrokes and requests before those that count: grammars load, code is optimised. */
const WARM_UP = 30;

const { values } = parseArgs({ options: { only: { type: 'string' }, runs: { type: 'string' } } });
const command = [process.execPath, fileURLToPath(new URL('../dist/vouch.js', import.meta.url)), '--stdio'];
const runs = (otherwise: number): number => Number(values.runs ?? otherwise);

/** An editor that knows everything but pulling: pushed diagnostics come with the version they are for. */
const { diagnostic: _pull, ...textDocument } = profiles.vscode.capabilities.textDocument;
const pushed: Profile = {
  ...profiles.vscode,
  capabilities: { ...profiles.vscode.capabilities, textDocument },
};

const measures = { start, diagnostics, completion };
for (const [name, measure] of Object.entries(measures)) {
  if (values.only === undefined || values.only === name) await measure();
}

async function start(): Promise<void> {
  const times: number[] = [];
  for (let run = 0; run < runs(20); run++) {
    const began = performance.now();
    const client = await connectClient(spawnServer(command));
    times.push(performance.now() - began);
    await client.stop();
  }
  print('start to initialize', {}, times);
}

async function diagnostics(): Promise<void> {
  for (const [languageId, file, unit] of [
    ['python', 'ledger.py', pythonUnit],
    ['typescript', 'ledger.ts', typescriptUnit],
  ] as const) {
    await withClient(
      { profile: pushed, initializationOptions: { validation: { scope: 'file' } } },
      async (client, folder) => {
        const uri = pathToFileURL(join(folder, file)).href;
        const text = repeated(unit);
        await client.open(uri, languageId, text);
        await client.next('textDocument/publishDiagnostics', ({ version }) => version === 1);
        const about = { language: languageId, lines: LINES };
        const keys = typing(
          text,
          languageId === 'python' ? 'balance = limit + 1' : 'let balance = limit + 1;',
        );
        print('keystroke to diagnostics', about, await timed(client, uri, keys, runs(300)));
        print('keystroke that breaks the structure', about, await timed(client, uri, breaking(), runs(300)));
      },
    );
  }
}

interface Key {
  readonly line: number;
  readonly character: number;
  /** Characters that are taken away behind it. */
  readonly removed: number;
  readonly text: string;
}

/** A statement typed key by key on a line of its own, in functions all over the file, and taken out again at once. */
function* typing(text: string, statement: string): Generator<Key, never> {
  const lines = text.split('\n');
  for (let at = 0; ; at = (at + 1_237) % LINES) {
    const inBody = /^( {4,})(?:return|total|this|self|const|let)\b.*[\w)\];]$/;
    const line = lines.findIndex((one, index) => index >= at && inBody.test(one));
    if (line < 0) continue;
    const indentation = inBody.exec(lines[line]!)![1]!;
    // Before the line, so that nothing of it is out of reach.
    yield { line, character: indentation.length, removed: 0, text: `\n${indentation}` };
    for (const [index, letter] of [...statement].entries()) {
      yield { line, character: indentation.length + index, removed: 0, text: letter };
    }
    yield { line, character: 0, removed: -1, text: '' };
  }
}

/** A letter at the beginning of any line, and away with it: it ends blocks where lines are indented. */
function* breaking(): Generator<Key, never> {
  for (let at = 0; ; at = (at + 1_237) % LINES) {
    yield { line: at, character: 0, removed: 0, text: 'q' };
    yield { line: at, character: 0, removed: 1, text: '' };
  }
}

/** Milliseconds from each key to the diagnostics for it. */
async function timed(client: LspClient, uri: string, keys: Generator<Key>, count: number): Promise<number[]> {
  const times: number[] = [];
  for (let key = 0; key < WARM_UP + count; key++) {
    const { line, character, removed, text } = keys.next().value as Key;
    const start = { line, character };
    // A negative count takes the whole line.
    const end = removed < 0 ? { line: line + 1, character: 0 } : { line, character: character + removed };
    const began = performance.now();
    const version = await client.change(uri, { range: { start, end }, text });
    await client.next('textDocument/publishDiagnostics', (one) => one.version === version);
    if (key >= WARM_UP) times.push(performance.now() - began);
  }
  return times;
}

async function completion(): Promise<void> {
  await using server = await startModelServer();
  server.always({ text: ['total', ' + amount'] });
  const models = { default: { baseURL: server.baseURL, model: 'test-model', api: 'fim' } };
  await withClient(
    { initializationOptions: { models, completion: { engine: 'model' } } },
    async (client, folder) => {
      const uri = pathToFileURL(join(folder, 'ledger.py')).href;
      await client.open(uri, 'python', repeated(pythonUnit).slice(0, 8_000));
      const served: number[] = [];
      const bare: number[] = [];
      let items = 0;
      for (let run = 0; run < WARM_UP + runs(200); run++) {
        // Each time another text before the cursor, so that no answer is a kept one.
        const line = `value_${run} = `;
        const top = { line: 0, character: 0 };
        await client.change(uri, { range: { start: top, end: top }, text: `${line}\n` });
        const began = performance.now();
        const list = await client.request(CompletionRequest.type, {
          textDocument: { uri },
          position: { line: 0, character: line.length },
          context: { triggerKind: 1 },
        });
        const took = performance.now() - began;
        items += Array.isArray(list) ? list.length : (list?.items.length ?? 0);
        const asked = server.requests.at(-1);
        if (!asked) throw new Error('the server asked no model');
        const again = performance.now();
        const answer = await fetch(new URL(asked.path, server.baseURL), {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(asked.body),
        });
        await answer.text();
        if (run < WARM_UP) continue;
        served.push(took);
        bare.push(performance.now() - again);
      }
      const added = served.map((took, index) => took - bare[index]!);
      print('completion', { what: 'served', items }, served);
      print('completion', { what: 'bare HTTP' }, bare);
      print('completion', { what: 'added' }, added);
    },
  );
}

async function withClient(
  options: ClientOptions,
  work: (client: LspClient, folder: string) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'vouch-latency-'));
  const client = await connectClient(spawnServer(command), { ...options, folders: [folder] });
  try {
    await work(client, folder);
    await client.stop();
  } finally {
    await rm(folder, { recursive: true });
  }
}

function print(measure: string, about: object, times: readonly number[]): void {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): number =>
    Number(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!.toFixed(2));
  const row = {
    bench: 'latency',
    measure,
    ...about,
    count: times.length,
    min: at(0),
    p50: at(0.5),
    p99: at(0.99),
  };
  process.stdout.write(`${JSON.stringify(row)}\n`);
}

function repeated(unit: (index: number) => string): string {
  const lines: string[] = [];
  for (let index = 0; lines.length < LINES; index++) lines.push(...unit(index).split('\n'));
  return `${lines.slice(0, LINES).join('\n')}\n`;
}

function pythonUnit(index: number): string {
  return `class Ledger${index}:
    """Entries of account ${index}, oldest first."""

    limit = ${index % 97}

    def __init__(self, entries=None):
        self.entries = list(entries or [])

    def deposit(self, amount: int, note: str = "deposit ${index}") -> int:
        if amount <= 0:
            raise ValueError(f"bad amount {amount!r}")
        total = sum(entry["value"] for entry in self.entries)
        self.entries.append({"value": amount, "note": note})
        return total + amount

    def largest(self):
        try:
            return max(self.entries, key=lambda entry: entry["value"])
        except ValueError:
            return None


def merge_${index}(first: Ledger${index}, second: Ledger${index}) -> Ledger${index}:
    merged = Ledger${index}(first.entries)
    for entry in second.entries:
        merged.deposit(entry["value"], entry["note"])
    return merged

`;
}

function typescriptUnit(index: number): string {
  return `/** Entries of account ${index}, oldest first. */
export class Ledger${index} {
  static readonly limit = ${index % 97};
  private readonly entries: { value: number; note: string }[] = [];

  deposit(amount: number, note = 'deposit ${index}'): number {
    if (amount <= 0) {
      throw new RangeError(\`bad amount \${amount}\`);
    }
    const total = this.entries.reduce((sum, { value }) => sum + value, 0);
    this.entries.push({ value: amount, note });
    return total + amount;
  }

  largest(): number | undefined {
    const values = this.entries.map((entry) => entry.value);
    return values.length > 0 ? Math.max(...values) : undefined;
  }

  each(visit: (value: number, note: string) => void): void {
    for (const { value, note } of this.entries) visit(value, note);
  }
}

export function merge${index}(first: Ledger${index}, second: Ledger${index}): Ledger${index} {
  const merged = new Ledger${index}();
  for (const one of [first, second]) one.each((value, note) => merged.deposit(value, note));
  return merged;
}
`;
}
