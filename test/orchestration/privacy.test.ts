// What reaches a model, seen from the model's side: a project on disk, the real client, and the bodies that a server got.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { ModelFailure } from '../../server/core/model.ts';
import { detachedRun } from '../../server/core/run.ts';
import { defaultSettings, type Settings } from '../../server/core/settings.ts';
import { applyEdits, type Span } from '../../server/core/span.ts';
import type { Proposal } from '../../server/core/task.ts';
import { createRedactor } from '../../server/orchestration/analysis/redact.ts';
import { loadTokenCounter } from '../../server/orchestration/budget.ts';
import { createWorkbench } from '../../server/orchestration/create-workbench.ts';
import type { Workbench } from '../../server/orchestration/workbench.ts';
import { takeCursor } from '../kit/archive.ts';
import { type ModelServer, startModelServer } from '../kit/model-server.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

// Made up, and in parts, so that this file holds nothing that a scanner of repositories would stop at.
const accessKey = ['AKIA', 'Q3EGXV7WZ4NLM2PD'].join('');
const stripe = ['sk', '_live_', '4eC39HqLyjWDarjtT1zdp7dc'].join('');
const gitHub = ['ghp', '_', 'x9Kq2LmV7bTzR4wYhN8cJ3dF6gS1pA5eUoI0'].join('');
const password = 'c0rrect-H0rse!9';
const keyLines = [
  'MIIEowIBAAKCAQEAx3Zk7qVb9YtR2mWcN8sLpD4fGhJ6',
  'kT1vBnMqQwErTyUiOpAsDfGhJkLzXcVbNmQ2w4E6r8T0',
];
const secrets = [accessKey, stripe, gitHub, password, ...keyLines];

const files = {
  'shop/__init__.py': '',
  'shop/settings.py': `"""Settings of the shop."""

API_PASSWORD: str = "${password}"


def connect(url: str = "postgres://shop:${password}@db:5432/shop", token: str = "${gitHub}") -> bool:
    """Connects to the database."""
    return bool(url and token)
`,
  'shop/private.py': 'def hidden(order: str = "prague-lantern") -> str:\n    return order\n',
  'shop/local.py': 'def ignored(order: str = "harbour-violin") -> str:\n    return order\n',
  'shop/orders.py': `"""Orders."""
from shop.settings import connect
from shop.private import hidden
from shop.local import ignored

ACCESS = "${accessKey}"


def charge(amount: int) -> str:
    """Charges the card with connect, hidden and ignored. The key is ${stripe}."""
    key = "${stripe}"
    $0


def refund(amount: int) -> str:
    return hidden(ignored(str(connect())))


SIGNING = """-----BEGIN RSA PRIVATE KEY-----
${keyLines.join('\n')}
-----END RSA PRIVATE KEY-----"""
`,
  '.gitignore': 'shop/local.py\n',
};

interface Shop {
  readonly folder: string;
  readonly workbench: Workbench;
  readonly notices: string[];
  settings(
    privacy: Partial<Settings['privacy']>,
    more?: Partial<Pick<Settings, 'budget'>> & { api?: 'fim' | 'chat' },
  ): void;
}

async function shop(
  server: ModelServer,
  privacy: Partial<Settings['privacy']> = {},
  asked: 'fim' | 'chat' = 'fim',
): Promise<Shop> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'vouch-privacy-')));
  cleanups.push(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), takeCursor(text).text);
  }
  execFileSync('git', ['init', '-q', folder]);
  const notices: string[] = [];
  const workbench = await createWorkbench({
    notice: (_, message) => notices.push(message),
    log: () => undefined,
    ask: async () => undefined,
    findingsChanged: () => undefined,
  });
  cleanups.push(() => workbench.dispose());
  const settings: Shop['settings'] = (changed, { api = asked, budget = defaultSettings.budget } = {}) => {
    const all: Settings = {
      ...defaultSettings,
      models: { default: { baseURL: server.baseURL, model: 'test-model', api } },
      completion: { engine: 'model' },
      budget,
      privacy: { ...defaultSettings.privacy, ...changed },
    };
    workbench.configure([{ path: folder, settings: all }], all);
  };
  settings(privacy);
  return { folder, workbench, notices, settings };
}

const run = detachedRun(() => undefined);

/** Opens a file of the shop; the cursor is where it has its mark. */
function open({ folder, workbench }: Shop, name: keyof typeof files, text: string = files[name]) {
  const at = text.includes('$0') ? takeCursor(text) : { text, offset: 0 };
  const path = join(folder, name);
  const uri = pathToFileURL(path).href;
  workbench.documents.open({ uri, path, languageId: 'python', version: 1, text: at.text });
  return { uri, ...at };
}

const complete = ({ workbench }: Shop, { uri, offset }: { uri: string; offset: number }) =>
  workbench.complete(run, { uri, offset, invoked: true, multiline: true });

async function ask({ workbench }: Shop, uri: string, span: Span, kind: string): Promise<Proposal> {
  const offers = await workbench.offers(run, uri, span, []);
  const offer = offers.find(({ requirement }) => requirement.kind === kind);
  expect(offer, `no offer of ${kind}`).toBeDefined();
  return workbench.propose(run, offer!);
}

const nameOf = (text: string, name: string): Span => {
  const start = text.indexOf(`def ${name}`) + 4;
  return { start, end: start };
};

/** Everything that went over the wire, unescaped enough to look for text in it. */
const sent = (server: ModelServer): string =>
  server.all.map(({ path, headers, body }) => JSON.stringify([path, headers, body])).join('\n');

const kept = ['prague-lantern', 'harbour-violin', 'def hidden', 'def ignored'];
const documented = '```python\n    """Charges the card."""\n```';

describe('privacy.redact', () => {
  it('no secret is sent for a completion: not of the file, of what stands behind the cursor, of an imported file', async () => {
    await using server = await startModelServer();
    server.always({ text: ['return key'] });
    const at = await shop(server);
    await complete(at, open(at, 'shop/orders.py'));
    expect(server.requests.length).toBeGreaterThan(0);
    for (const secret of secrets) expect(sent(server)).not.toContain(secret);
    const { body } = server.requests.find(({ body }) => body.suffix !== undefined)!;
    expect(body.prompt).toContain('ACCESS = "[redacted: AWS access key]"');
    expect(body.prompt).toContain('key = "[redacted: Stripe key]"');
    expect(body.prompt).toContain('postgres://shop:[redacted: password]@db:5432/shop');
    expect(body.suffix).toContain(
      '-----BEGIN RSA PRIVATE KEY-----\n[redacted: private key]\n-----END RSA PRIVATE KEY-----',
    );
  });

  it('no secret is sent where a completion is asked for by chat', async () => {
    await using server = await startModelServer();
    server.always({ text: ['```python\nreturn key\n```'] });
    const at = await shop(server, {}, 'chat');
    await complete(at, open(at, 'shop/orders.py'));
    for (const secret of secrets) expect(sent(server)).not.toContain(secret);
    expect(sent(server)).toContain('[redacted: AWS access key]');
  });

  it('no secret is sent for a task, nor for its repair', async () => {
    await using server = await startModelServer();
    const wrong = '```python\nkey = "[redacted: Stripe key]"\nreturn undefined_helper(key)\n```';
    server.reply({ text: [wrong] }, { text: [wrong.replace('undefined_helper', 'str')] });
    const at = await shop(server);
    const chosen = `key = "${stripe}"\n    # Answer with a text of ${stripe} or ${password}.\n    return key`;
    const text = files['shop/orders.py'].replace(`key = "${stripe}"\n    $0`, chosen);
    const { uri } = open(at, 'shop/orders.py', text);
    const start = text.indexOf(chosen);
    const { edits } = await ask(at, uri, { start, end: start + chosen.length }, 'rewrite');
    expect(server.requests.length).toBe(2);
    for (const secret of secrets) expect(sent(server)).not.toContain(secret);
    // What comes back has the key that was there before, so that accepting it loses nothing.
    const after = applyEdits(text, edits);
    expect(after).toContain(`key = "${stripe}"\n    return str(key)`);
    expect(after).not.toContain('[redacted');
  });

  it('what is shown of a request is what is sent', async () => {
    await using server = await startModelServer();
    server.always({ text: ['return key'] });
    const at = await shop(server);
    const { uri, offset } = open(at, 'shop/orders.py');
    const prompt = await at.workbench.prompt(run, { uri, offset, invoked: true, multiline: true });
    const shown = JSON.stringify(prompt);
    for (const secret of secrets) expect(shown).not.toContain(secret);
    expect(shown).toContain('[redacted: AWS access key]');
  });

  it('with redact: false the text is sent as it is', async () => {
    await using server = await startModelServer();
    server.always({ text: ['return key'] });
    const at = await shop(server, { redact: false });
    await complete(at, open(at, 'shop/orders.py'));
    for (const secret of secrets) expect(sent(server)).toContain(secret);
    expect(sent(server)).not.toContain('[redacted');
  });

  it('a changed setting counts at once', async () => {
    await using server = await startModelServer();
    server.always({ text: ['return key'] });
    const at = await shop(server, { redact: false });
    const document = open(at, 'shop/orders.py');
    at.settings({ redact: true });
    await complete(at, document);
    for (const secret of secrets) expect(sent(server)).not.toContain(secret);
  });

  it('placeholders count: the prompt stays in its budget', async () => {
    await using server = await startModelServer();
    server.always({ text: ['return key'] });
    const at = await shop(server);
    const contextTokens = 512;
    at.settings({}, { budget: { ...defaultSettings.budget, contextTokens } });
    const users = Array.from({ length: 400 }, (_, index) => `USER_${index}_PASSWORD = "aB3${index}xQ9"`).join(
      '\n',
    );
    const document = open(at, 'shop/orders.py', `${users}\n$0\n${users}\n`);
    const prompt = await at.workbench.prompt(run, { ...document, invoked: true, multiline: true });
    expect(prompt.tokens).toBeLessThanOrEqual(contextTokens);
    await complete(at, document);
    const { prompt: prefix, suffix } = server.requests.find(({ body }) => body.suffix !== undefined)!.body;
    expect(prefix).toContain('[redacted: password');
    expect(`${prefix}${suffix}`).not.toMatch(/aB3\d+xQ9/);
    expect((await loadTokenCounter()).count(prefix + suffix)).toBeLessThanOrEqual(contextTokens);
  });

  it('when the rules cannot be loaded nothing is sent, and the reason is told', async () => {
    const redactor = createRedactor(() => Promise.reject(new Error('no such module')));
    const snapshot = {
      uri: 'file:///a.py',
      path: '/a.py',
      languageId: 'python',
      version: 1,
      text: 'a = 1\n',
    };
    const failed = redactor.prompt({ snapshot, snippets: [], offset: 0 });
    await expect(failed).rejects.toThrow(ModelFailure);
    await expect(failed).rejects.toThrow(/nothing is sent .*no such module.*privacy\.redact/);
  });
});

describe('privacy.exclude and git', () => {
  it('a file that is excluded or ignored is in no request, though it is imported', async () => {
    await using server = await startModelServer();
    server.always((request) => ({ text: [request.path.includes('chat') ? documented : 'return key'] }));
    const at = await shop(server, { exclude: ['**/private.py'] });
    const { uri, offset, text } = open(at, 'shop/orders.py');
    await complete(at, { uri, offset });
    await ask(at, uri, nameOf(text, 'refund'), 'document');
    expect(server.requests.at(-1)?.path).toContain('chat');
    expect(sent(server)).toContain('Connects to the database.');
    for (const words of kept) expect(sent(server)).not.toContain(words);
  });

  it('nor when it is open beside the file that is asked about', async () => {
    await using server = await startModelServer();
    server.always({ text: ['return key'] });
    const at = await shop(server, { exclude: ['**/private.py'] });
    open(at, 'shop/private.py');
    open(at, 'shop/local.py');
    await complete(at, open(at, 'shop/orders.py'));
    expect(sent(server)).toContain('Connects to the database.');
    for (const words of kept) expect(sent(server)).not.toContain(words);
  });

  it('in an open file that is excluded no model is asked, for a completion or an action', async () => {
    await using server = await startModelServer();
    server.always({ text: ['return key'] });
    const at = await shop(server, { exclude: ['shop/private.py'] });
    const text = files['shop/private.py'];
    const { uri } = open(at, 'shop/private.py');
    await complete(at, { uri, offset: text.indexOf('    return') });
    await expect(ask(at, uri, nameOf(text, 'hidden'), 'document')).rejects.toThrow(/privacy\.exclude/);
    await expect(
      at.workbench.prompt(run, { uri, offset: text.length, invoked: true, multiline: true }),
    ).rejects.toThrow(/privacy\.exclude/);
    expect(server.requests).toEqual([]);
  });
});
