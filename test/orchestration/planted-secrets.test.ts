// Secrets planted in many places and shapes, and everything that left the process, as a real server got it. Beside each
// secret stands a word that is none: it must arrive, or the place was not in any prompt and nothing was tested.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { detachedRun } from '../../server/core/run.ts';
import { defaultSettings, type Settings } from '../../server/core/settings.ts';
import { readSentRequests } from '../../server/input/settings/index.ts';
import { createWorkbench } from '../../server/orchestration/create-workbench.ts';
import type { Workbench } from '../../server/orchestration/workbench.ts';
import { type ModelServer, startModelServer } from '../kit/model-server.ts';

const run = detachedRun(() => undefined);

/** Letters and digits that are always the same for a number and look random. */
function random(seed: number, length: number): string {
  const alphabet = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
  let state = seed * 7919 + 104_729;
  let out = '';
  while (out.length < length) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    out += alphabet[Math.floor((state / 2_147_483_648) * alphabet.length)];
  }
  // With a digit in front of its end, as machines' tokens nearly always have some.
  return `${out.slice(0, -3)}7${out.slice(-2)}`;
}

// In parts, so that this file holds nothing that a scanner of repositories would stop at.
const gitHub = (seed: number): string => ['ghp', '_', random(seed, 36)].join('');
const stripe = (seed: number): string => ['sk', '_live_', random(seed, 24)].join('');
const password = (seed: number): string => `c0rrect-H0rse!${seed}${random(seed, 4)}`;
const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** A file in which a completion is asked for at its end; `{}` is the secret, `canary` the word beside it. */
const shapes: readonly (readonly [
  place: string,
  file: string,
  secret: (seed: number) => string,
  text: string,
])[] = [
  ['a string', 'string.py', stripe, 'canary = "{}"\n'],
  ['a comment', 'comment.py', gitHub, '# canary: the key is {}\na = 1\n'],
  ['a docstring', 'docstring.py', gitHub, 'def f():\n    """canary, with {}."""\n    return 1\n'],
  ['a password by its name', 'name.py', password, 'canary = 1\nDB_PASSWORD = "{}"\n'],
  ['a default of a parameter', 'default.py', gitHub, 'def canary(token: str = "{}"):\n    return token\n'],
  ['a decorator', 'decorator.py', gitHub, '@app.route("/canary", token="{}")\ndef f():\n    return 1\n'],
  ['an address', 'address.py', password, 'canary = "postgres://shop:{}@db:5432/shop"\n'],
  ['a user name of an address', 'remote.py', gitHub, 'canary = "https://{}@github.com/a/b.git"\n'],
  ['a query string', 'query.py', (seed) => random(seed, 32), 'canary = "https://x.org/?api_key={}&page=2"\n'],
  ['a header', 'header.js', (seed) => random(seed, 40), 'const canary = { Authorization: `Bearer {}` };\n'],
  [
    'basic credentials',
    'basic.js',
    (seed) => base64(`shop:${password(seed)}`),
    'const canary = "Authorization: Basic {}";\n',
  ],
  ['a command line', 'command.sh', password, 'echo canary\ncurl -u shop:{} https://x.org\n'],
  ['an option', 'option.sh', (seed) => random(seed, 32), 'canary --token {} --verbose\n'],
  ['an environment file', '.env', password, 'CANARY=1\nDB_PASSWORD={}\n'],
  ['an exported variable', 'profile.sh', (seed) => random(seed, 40), 'CANARY=1\nexport API_TOKEN={}\n'],
  ['JSON', 'settings.json', (seed) => random(seed, 32), '{ "canary": 1, "client_secret": "{}" }\n'],
  [
    'JSON within a string',
    'escaped.py',
    (seed) => random(seed, 32),
    'canary = "{\\"secret_key\\": \\"{}\\"}"\n',
  ],
  ['YAML', 'values.yaml', password, 'canary: 1\npassword: {}\n'],
  ['TOML', 'config.toml', (seed) => random(seed, 32), 'canary = 1\nauth_token = "{}"\n'],
  ['an INI file', 'config.ini', (seed) => random(seed, 32), '[canary]\naws_secret_access_key = {}\n'],
  ['XML', 'config.html', password, '<canary><password>{}</password></canary>\n'],
  ['a Dockerfile', 'Dockerfile', (seed) => random(seed, 32), 'FROM canary\nENV API_TOKEN={}\n'],
  ['SQL', 'user.sql', password, "CREATE USER canary WITH PASSWORD '{}';\n"],
  ['an npm file', '.npmrc', (seed) => random(seed, 36), '; canary\n//registry.npmjs.org/:_authToken={}\n'],
  ['a constant', 'Key.java', stripe, 'class Canary { static final String KEY = "{}"; }\n'],
  ['a raw string', 'raw.rs', gitHub, 'const CANARY: &str = r#"{}"#;\n'],
  ['a struct', 'config.go', (seed) => random(seed, 32), 'package a\n\nvar canary = Config{APIKey: "{}"}\n'],
  ['a comparison', 'compare.rb', password, 'canary if password == "{}"\n'],
  ['a long line', 'long.js', gitHub, `const canary = ["${'a,'.repeat(400)}", "{}"];\n`],
  ['letters of other scripts around it', 'umlaut.py', gitHub, '# 密码 canary: „{}“\na = 1\n'],
  [
    'a web token',
    'token.ts',
    (seed) =>
      ['ey', 'J', random(seed, 20), '.', 'ey', 'J', random(seed + 1, 40), '.', random(seed + 2, 43)].join(''),
    'export const canary = "{}";\n',
  ],
];

const seeds = (index: number): number => 1_000 + index * 13;
const secretOf = (index: number): string => shapes[index]![2](seeds(index));
const wordOf = (index: number): string => `canary${index}x`;
const planted = (index: number): string =>
  shapes[index]![3].replaceAll(/canary/gi, wordOf(index)).replace('{}', () => secretOf(index));

interface Planted {
  readonly word: string;
  readonly secret: string;
}
/** In places that only a task's prompt has. */
const beside = {
  imported: { word: 'canaryImported', secret: gitHub(5_001) },
  member: { word: 'canary_member', secret: stripe(5_002) },
  sibling: { word: 'canarySibling', secret: gitHub(5_003) },
  instruction: { word: 'canaryInstruction', secret: stripe(5_004) },
  diagnostic: { word: 'canaryDiagnostic', secret: gitHub(5_005) },
  section: { word: 'canarySection', secret: stripe(5_006) },
  heading: { word: 'canaryHeading', secret: gitHub(5_007) },
  item: { word: 'canaryItem', secret: password(5_008) },
  folder: { word: 'canaryFolder', secret: gitHub(5_009) },
  answer: { word: 'canaryAnswer', secret: stripe(5_010) },
  plan: { word: 'canaryPlan', secret: gitHub(5_011) },
  suffix: { word: 'canarySuffix', secret: stripe(5_012) },
  test: { word: 'canaryTest', secret: gitHub(5_013) },
  similar: { word: 'canarySimilar', secret: stripe(5_014) },
  change: { word: 'canaryChange', secret: gitHub(5_015) },
  recent: { word: 'canaryRecent', secret: stripe(5_016) },
} satisfies Record<string, Planted>;

const inFolder = `${beside.folder.word}-${beside.folder.secret}`;
const files: Readonly<Record<string, string>> = {
  ...Object.fromEntries(shapes.map(([, file], index) => [`shapes/${file}`, planted(index)])),
  'docs/orders.md': `# REQ-1 ${beside.heading.word} ${beside.heading.secret}

Charge with ${beside.section.word}; the key is ${beside.section.secret}.

## Open

- #77 ${beside.item.word}: log in with password: "${beside.item.secret}"
`,
  [`${inFolder}/helpers.py`]: `def ${beside.imported.word}(order: int, token: str = "${beside.imported.secret}") -> str:
    """Says it."""
    return token


class Client:
    def ${beside.member.word}(self, key: str = "${beside.member.secret}") -> str:
        return key
`,
  [`${inFolder}/__init__.py`]: '',
  'tests/test_orders.py': `def test_charge():
    client = Client("${beside.test.secret}")
    assert charge(1, client) == "${beside.test.word}"
`,
  'other/charges.py': `def charge_order(order: int, client: Client) -> str:
    """Charge an order with the client."""
    return client.post("${beside.similar.word}", order, "${beside.similar.secret}")
`,
  'other/changed.py': 'def changed(order: int) -> int:\n    return order\n',
  'other/recent.py': `def recent(order: int) -> str:
    return "${beside.recent.word} ${beside.recent.secret}"
`,
  [`${inFolder}/orders.py`]: `from .helpers import ${beside.imported.word}, Client


def ${beside.sibling.word}(token: str = "${beside.sibling.secret}") -> str:
    return token


def charge(order: int, client: Client) -> str:
    """Charge with ${beside.imported.word} and Client, as REQ-1 and #77 say.

    Log with ${beside.instruction.word}, by ${beside.instruction.secret}.
    """
    raise NotImplementedError


def broken(order: int) -> str:
    return ordre


# ${beside.plan.word} wants several things of us, which are:
# - to log in with ${beside.plan.secret}
# - to log out again after that


def last() -> str:
    key = "${beside.suffix.word} ${beside.suffix.secret}"
    return key
`,
};

let folder: string;
let state: string;
let workbench: Workbench;
let server: ModelServer;
const sent: string[] = [];

function configure(api: 'fim' | 'chat', exclude: readonly string[] = []): void {
  const settings: Settings = {
    ...defaultSettings,
    models: { default: { baseURL: server.baseURL, model: 'test-model', api } },
    completion: { engine: 'model' },
    budget: { ...defaultSettings.budget, contextTokens: 16_000, repairs: 1 },
    privacy: { redact: true, exclude: [...exclude] },
  };
  workbench.configure([{ path: folder, settings }], settings);
}

beforeAll(async () => {
  server = await startModelServer();
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'vouch-planted-')));
  state = mkdtempSync(join(tmpdir(), 'vouch-planted-state-'));
  process.env.XDG_STATE_HOME = state;
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const git = (...parameters: string[]) =>
    execFileSync('git', ['-C', folder, '-c', 'user.name=a', '-c', 'user.email=a@example.org', ...parameters]);
  git('init', '-q');
  git('add', 'other');
  git('commit', '-q', '-m', 'first');
  writeFileSync(
    join(folder, 'other/changed.py'),
    `def changed(order: int) -> int:\n    return charge(order, "${beside.change.word} ${beside.change.secret}")\n`,
  );
  workbench = await createWorkbench({
    notice: () => undefined,
    log: () => undefined,
    ask: async () => undefined,
    findingsChanged: () => undefined,
  });
});

afterAll(async () => {
  await workbench.dispose();
  await server.close();
  for (const one of [folder, state]) rmSync(one, { recursive: true });
});

/** Everything that went over the wire since the last time. */
function taken(): string {
  const all = server.all.map(({ path, headers, body }) => JSON.stringify([path, headers, body])).join('\n');
  sent.push(all);
  return all;
}

function open(name: string): { uri: string; text: string } {
  const path = join(folder, name);
  const uri = pathToFileURL(path).href;
  const text = files[name]!;
  const languageId = { sh: 'shellscript' }[name.split('.').at(-1)!] ?? '';
  if (!workbench.documents.get(uri)) workbench.documents.open({ uri, path, languageId, version: 1, text });
  return { uri, text };
}

describe.each(['fim', 'chat'] as const)('for a completion by %s', (api) => {
  beforeAll(() => {
    configure(api);
    server.always({ text: [api === 'fim' ? 'x = 1' : '```\nx = 1\n```'] });
  });

  it.each(shapes.map(([place, file], index) => ({ place, file, index })))(
    'no secret of $place is sent',
    async ({ file, index }) => {
      const { uri, text } = open(`shapes/${file}`);
      await workbench.complete(run, { uri, offset: text.length, invoked: true, multiline: true });
      const all = taken();
      expect(all.toLowerCase()).toContain(wordOf(index).toLowerCase());
      expect(all).not.toContain(secretOf(index));
      expect(all).not.toContain(JSON.stringify(secretOf(index)).slice(1, -1));
    },
  );
});

describe('for a task', () => {
  const orders = `${inFolder}/orders.py`;
  const arrived = ({ word, secret }: Planted): void => {
    const all = taken();
    expect(all).toContain(word);
    expect(all).not.toContain(secret);
  };

  /** The index and git are asked in the background: what they know is in the prompt that comes after. */
  const everythingIsKnown = async (uri: string, text: string): Promise<void> => {
    const start = text.indexOf('raise NotImplementedError');
    const [offer] = await workbench.offers(run, uri, { start, end: start }, []);
    const shown = async () => JSON.stringify(await workbench.prompt(run, offer!));
    for (const { word } of [beside.test, beside.similar, beside.change, beside.recent]) {
      await vi.waitFor(async () => expect(await shown()).toContain(word), { timeout: 30_000, interval: 100 });
    }
  };

  beforeAll(async () => {
    configure('chat');
    // Somebody was just there and changed something.
    const recent = open('other/recent.py');
    const end = recent.text.length;
    workbench.documents.change(recent.uri, 2, [() => ({ span: { start: end, end }, newText: '# seen\n' })]);
    const { uri, text } = open(orders);
    await everythingIsKnown(uri, text);
    const at = (words: string) => {
      const start = text.indexOf(words);
      return { start, end: start };
    };
    const ask = async (kind: string, words: string, message?: string): Promise<void> => {
      const where = at(words);
      const diagnostics = message
        ? [{ span: { start: where.start, end: where.start + words.length }, message }]
        : [];
      const offers = await workbench.offers(run, uri, where, diagnostics);
      const offer = offers.find(({ requirement }) => requirement.kind === kind);
      expect(offer, kind).toBeDefined();
      await workbench.propose(run, offer!);
    };
    // The first answer is wrong and goes back with what was found in it.
    const { word, secret } = beside.answer;
    server.reply(
      { text: [`\`\`\`python\n    ${word} = "${secret}"\n    return undefined_name(${word})\n\`\`\``] },
      { text: ['```python\n    return str(order)\n```'] },
    );
    await ask('implement', 'raise NotImplementedError');
    server.always({ text: ['```python\n    return str(order)\n```'] });
    await ask('fix', 'return ordre', `${beside.diagnostic.word}: ordre is not ${beside.diagnostic.secret}`);
    server.always({ text: ['1. Do it.'] });
    await ask('plan', `# ${beside.plan.word}`);
    server.always({ text: ['```python\n"""Says it."""\n```'] });
    await ask('document', `def ${beside.sibling.word}`);
    server.always({ text: ['```python\ndef test_last():\n    assert True\n```'] });
    await ask('tests', 'def last');
  });

  it.each(Object.entries(beside))('no secret of the %s is sent', (_, one) => arrived(one));

  it('in any request, no secret of any place', () => {
    const all = taken();
    expect(server.requests.length).toBeGreaterThan(2 * shapes.length);
    for (const { secret } of Object.values(beside)) expect(all).not.toContain(secret);
    for (const index of shapes.keys()) expect(all).not.toContain(secretOf(index));
  });
});

describe('what privacy.exclude names', () => {
  it('is in no prompt: not as a test, similar code, a change, a place just left, or a document referred to', async () => {
    const { uri, text } = open(`${inFolder}/orders.py`);
    const start = text.indexOf('raise NotImplementedError');
    const prompt = async (exclude: readonly string[]): Promise<string> => {
      configure('chat', exclude);
      const [offer] = await workbench.offers(run, uri, { start, end: start }, []);
      return JSON.stringify(await workbench.prompt(run, offer!));
    };
    const { test, similar, change, recent, section, heading, item } = beside;
    const all = [test, similar, change, recent, section, heading, item];
    await vi.waitFor(async () => {
      const shown = await prompt([]);
      for (const { word } of all) expect(shown).toContain(word);
    });
    for (let time = 0; time < 3; time++) {
      const shown = await prompt(['other/**', 'tests/**', 'docs/**']);
      for (const { word } of all) expect(shown).not.toContain(word);
    }
  });
});

describe('the record of what was sent', () => {
  it('says where to, for what, of which files and with how many secrets replaced, and holds no text', async () => {
    const rolesKept = async () => (await readSentRequests(1_000)).map(({ role }) => role);
    // Nobody waits for a record to be written.
    await expect
      .poll(rolesKept)
      .toEqual(expect.arrayContaining(['coder', 'completion', 'planner', 'tester']));
    const records = await readSentRequests(1_000);
    const task = records.find(({ role }) => role === 'coder')!;
    expect(task).toMatchObject({ endpoint: server.baseURL, model: 'test-model' });
    const [first] = task.files;
    expect(first).toMatch(/orders\.py$/);
    expect(records.some(({ files }) => files.includes('docs/orders.md'))).toBe(true);
    expect(task.tokens).toBeGreaterThan(100);
    expect(task.redactions['GitHub token']).toBeGreaterThan(0);
    const kept = JSON.stringify(records);
    for (const { secret } of Object.values(beside)) expect(kept).not.toContain(secret);
    expect(kept).not.toContain('def charge');
  });
});

describe('a placeholder that comes back', () => {
  it('of another file is told, since nothing can be put back for it', async () => {
    configure('chat');
    const { uri, text } = open(`${inFolder}/orders.py`);
    const start = text.indexOf('raise NotImplementedError');
    const offers = await workbench.offers(run, uri, { start, end: start }, []);
    const offer = offers.find(({ requirement }) => requirement.kind === 'implement')!;
    server.always({ text: ['```python\n    return "[redacted: GitHub token 9]"\n```'] });
    const { evidence } = await workbench.propose(run, offer);
    expect(evidence.verdict).toBe('doubtful');
    expect(evidence.findings).toMatchObject([{ check: 'incomplete/placeholder', severity: 'error' }]);
    expect(evidence.findings[0]!.message).toContain('[redacted: GitHub token 9]');
  });

  it('makes a completion doubtful', async () => {
    configure('fim');
    const { uri, text } = open('shapes/string.py');
    server.always({ text: ['other = "[redacted: Slack token]"\n'] });
    const { candidates } = await workbench.complete(run, {
      uri,
      offset: text.length,
      invoked: true,
      multiline: true,
    });
    expect(candidates.map(({ evidence }) => evidence.verdict)).toEqual(['doubtful']);
    expect(candidates[0]!.evidence.findings[0]!.message).toContain('[redacted: Slack token]');
  });
});
