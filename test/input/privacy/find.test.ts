// Which secrets are found, in which shapes, and what is left alone. The secrets are made up, and put together here from
// parts, so that this file holds none that a scanner of repositories would stop at.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references in other languages' templates.
import { describe, expect, it } from 'vitest';
import { loadFinder } from '../../../server/input/privacy/index.ts';
import { createRedaction } from '../../../server/input/privacy/redaction.ts';

const find = await loadFinder();
const redacted = (text: string): string => createRedaction(find).redact(text).text;

/** Letters and digits that are always the same and look random. */
function random(
  length: number,
  alphabet = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789',
): string {
  let state = length * 7919 + alphabet.length;
  let out = '';
  while (out.length < length) {
    state = (state * 1103515245 + 12345) % 2147483648;
    out += alphabet[Math.floor((state / 2147483648) * alphabet.length)];
  }
  return out;
}
const hex = (length: number): string => random(length, '0123456789abcdef');
const upper = (length: number): string => random(length, 'ABCDEFGHJKLMNPQRSTUVWXYZ234567');
const joined = (...parts: string[]): string => parts.join('');
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const pem = (name: string, lines = 6): string =>
  [
    `-----BEGIN ${name}-----`,
    joined('MII', random(61)),
    ...Array.from({ length: lines - 1 }, (_, index) => random(64 - (index === lines - 2 ? 20 : 0))),
    `-----END ${name}-----`,
  ].join('\n');

const stripe = joined('sk', '_live_', random(24));
const password = 'c0rrect-H0rse!9';
const jwt = joined('ey', 'J', random(20), '.', 'ey', 'J', random(40), '.', random(43));

/** Kind, the secret itself, and the text that it stands in with `{}` for it. */
const planted: readonly (readonly [kind: string, secret: string, text: string])[] = [
  ['AWS access key', joined('AKIA', upper(16)), 'client = boto3.client("s3", aws_access_key_id="{}")'],
  ['AWS secret key', random(40), 'aws_secret_access_key = {}\nregion = eu-west-1'],
  ['AWS secret key', random(40), '{ "SecretAccessKey": "{}", "Region": "x" }'],
  ['GitHub token', joined('ghp', '_', random(36)), "const octokit = new Octokit({ auth: '{}' });"],
  ['GitHub token', joined('github', '_pat_', random(82)), 'git clone https://{}@github.com/a/b.git'],
  ['GitLab token', joined('glpat', '-', random(20)), 'curl --header "PRIVATE-TOKEN: {}" https://gitlab.com'],
  ['npm token', joined('npm', '_', random(36)), '//registry.npmjs.org/:_authToken={}'],
  ['Slack token', joined('xoxb', '-1234567890-', random(24)), 'slack = WebClient(token="{}")'],
  [
    'Slack webhook',
    joined('https://hooks.slack', '.com/services/T', upper(8), '/B', upper(8), '/', random(24)),
    'WEBHOOK = "{}"',
  ],
  ['SendGrid key', joined('SG', '.', random(22), '.', random(43)), 'sg = sendgrid.SendGridAPIClient("{}")'],
  ['Shopify key', joined('shpat', '_', hex(32)), 'header("X-Shopify-Access-Token", "{}")'],
  ['OpenAI key', joined('sk-', random(20), 'T3Blbk', 'FJ', random(20)), 'openai.api_key = "{}"'],
  ['OpenAI key', joined('sk-', 'proj-', random(120)), 'OpenAI(api_key="{}")'],
  ['Anthropic key', joined('sk-', 'ant-api03-', random(93), 'AA'), 'new Anthropic({ apiKey: "{}" })'],
  ['Linear key', joined('lin', '_api_', random(40)), 'LINEAR = "{}"'],
  ['Stripe key', stripe, 'Stripe.api_key = "{}"'],
  ['Stripe key', stripe, '# never do this: {}'],
  [
    'Google API key',
    joined('AI', 'za', random(35)),
    '<script src="https://maps.googleapis.com/maps/api/js?key={}&v=3"></script>',
  ],
  ['Hugging Face token', joined('hf', '_', random(34)), 'login("{}")'],
  ['PyPI token', joined('pypi', '-AgEIcHlwaS5vcmc', random(60)), 'password = {}'],
  ['DigitalOcean token', joined('dop', '_v1_', hex(64)), 'do_token: {}'],
  ['Telegram bot token', joined('123456789', ':AA', random(33)), 'bot = Bot("{}")'],
  ['Vault token', joined('hvs', '.', random(30)), 'export VAULT_TOKEN={}'],
  ['Databricks token', joined('dapi', hex(32)), 'databricks = "{}"'],
  ['JSON web token', jwt, 'fetch(url, { headers: { Authorization: `Bearer {}` } })'],
  ['bearer credentials', random(40), 'curl -H "Authorization: Bearer {}" https://api.host.dev'],
  ['basic credentials', base64('alice:open sesame 1'), 'request.headers["Authorization"] = "Basic {}"'],
  ['password', password, 'engine = create_engine("postgresql://app:{}@db.internal:5432/app")'],
  ['password', password, 'MONGO=mongodb+srv://app:{}@cluster0.mongodb.net/test?retryWrites=true'],
  ['password', password, 'redis://:{}@cache:6379/0'],
  ['password', password, 'curl -u admin:{} https://host/'],
  ['token', random(30), 'git remote add origin https://{}@git.host.dev/a/b.git'],
  ['password', password, 'DB_PASSWORD={}\nDB_NAME=app'],
  ['password', 'hunter2', 'export SMTP_PASS=hunter2'],
  ['password', password, 'password: {}'],
  ['password', password, 'spring.datasource.password={}'],
  ['password', password, 'var connection = "Server=db;User Id=sa;Password={};Encrypt=true";'],
  ['password', password, '<password>{}</password>'],
  ['password', password, '<add name="x" password="{}" />'],
  ['password', password, 'mysql --user=root --password={} app'],
  ['password', password, "CREATE USER app WITH LOGIN PASSWORD '{}';"],
  ['password', password, 'const string Password = "{}";'],
  ['password', password, 'let password: String = "{}".to_string();'],
  ['password', password, 'var dbPassword string = "{}"'],
  ['password', password, "define('DB_PASS', 'x'); $config['password'] = '{}';"],
  ['password', password, ":password => '{}',"],
  ['password', 'correct-horse-battery-9', 'PASSWORD = "{}"'],
  ['password', 'admin-password-2024', 'PASSWORD = "{}"'],
  ['password', 'correct.horse9', 'PASSWORD = "{}"'],
  ['password', 'winter2024garden-door_x', 'DB_PASSWORD={}\nDB_NAME=app'],
  ['password', 'correct-horse-battery-staple', "password: '{}',"],
  ['password', password, 'if (input.password === "{}") grant();'],
  ['secret', hex(48), "SECRET_KEY = '{}'"],
  ['secret', random(32), '"client_secret": "{}",'],
  ['secret', random(32), 'clientSecret: `{}`,'],
  ['token', random(40), 'https://api.host.dev/v1/users?access_token={}&page=2'],
  ['token', hex(40), 'const TOKEN: &str = "{}";'],
  ['token', random(24), 'ENV API_TOKEN {}\nRUN make'],
  ['token', random(24), 'deploy --token {} --region eu'],
  ['token', random(24), 'os.environ["APP_TOKEN"] = "{}"'],
  ['token', random(24), 'os.environ.setdefault("APP_TOKEN", "{}")'],
  ['token', random(24), String.raw`body = "{\"token\": \"{}\"}"`],
  [
    'key',
    joined(random(86), '=='),
    'DefaultEndpointsProtocol=https;AccountName=a;AccountKey={};EndpointSuffix=x',
  ],
  ['key', '3f2b8c1e-7d46-4f0a-9b53-c2e8a1d90f67', 'api_key: "{}"'],
];

describe('secrets are found', () => {
  for (const [kind, secret, text] of planted) {
    it(`${kind} in ${text.split('\n')[0]}`, () => {
      expect(redacted(text.replace('{}', () => secret))).toBe(
        text.replace('{}', `[redacted: ${kind}]`).replace(secret, `[redacted: ${kind}]`),
      );
    });
  }

  for (const name of [
    'PRIVATE KEY',
    'RSA PRIVATE KEY',
    'OPENSSH PRIVATE KEY',
    'ENCRYPTED PRIVATE KEY',
    'PGP PRIVATE KEY BLOCK',
  ]) {
    it(`${name} as a block`, () => {
      const text = `key = """${pem(name)}\n"""\n`;
      expect(redacted(text)).toBe(
        `key = """-----BEGIN ${name}-----\n[redacted: private key]\n-----END ${name}-----\n"""\n`,
      );
    });
  }

  it('a private key on one line of JSON', () => {
    const text = `{ "private_key": "${pem('PRIVATE KEY').replaceAll('\n', '\\n')}\\n" }`;
    expect(redacted(text)).toBe(
      '{ "private_key": "-----BEGIN PRIVATE KEY-----\\n[redacted: private key]\\n-----END PRIVATE KEY-----\\n" }',
    );
  });

  it('a private key put together from strings', () => {
    const text = pem('RSA PRIVATE KEY')
      .split('\n')
      .map((line) => `    "${line}\\n" +`)
      .join('\n');
    const after = redacted(text);
    expect(after).toContain('[redacted: private key]');
    for (const line of text.split('\n').slice(1, -1)) expect(after).not.toContain(line.slice(5, 20));
  });

  it('a private key whose end is not there yet', () => {
    const text = pem('RSA PRIVATE KEY').split('\n').slice(0, 5).join('\n');
    expect(redacted(`# my key\n${text}\n\ndef main(): pass\n`)).toBe(
      '# my key\n-----BEGIN RSA PRIVATE KEY-----\n[redacted: private key]\n\ndef main(): pass\n',
    );
  });
});

const innocent = [
  'password = get_password()',
  'password = os.environ["DB_PASSWORD"]',
  'password: str',
  'token: str = Field(...)',
  'token: Optional[str] = None,',
  'const token: string = await getToken(user);',
  'password: string;',
  'let token = tokens.next().unwrap();',
  'token = tokenizer.tokens[index2]',
  'def login(username, password, token=None):',
  'apiKeyEnv: "OPENAI_API_KEY",',
  '"apiKeyEnv": "OPENAI_API_KEY"',
  'api_key = os.getenv("STRIPE_SECRET_KEY")',
  'API_KEY=${STRIPE_SECRET_KEY}',
  'API_KEY=your-api-key-here',
  'password: ${{ secrets.DB_PASSWORD }}',
  'password: "{{ vault_db_password }}"',
  'password = "<your password>"',
  'autocomplete: { password: "current-password" }',
  'PASSWORD = "confirm-password-step-2"',
  'password: "account_settings"',
  'password = "********"',
  'postgres://user:password@localhost/db',
  'postgres://${user}:${password}@${host}/db',
  'f"postgres://{user}:{password}@{host}/db"',
  '"mysql://%s:%s@%s/%s"',
  '"integrity": "sha512-2Z8ZgWtFNJ3mrSXDbBGZvYYmJNLkvVYbmtAa5xmXVfGkO4HRRbHIYwjzB3kmLhkuUJaBzDJQbWJz9K6F8hUrfQ==",',
  'sha256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"',
  '{ url = "https://files.pythonhosted.org/packages/a.whl", hash = "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08" }',
  'password_hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"',
  'commit = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"',
  'public_key = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE5"',
  'pem.startswith("-----BEGIN PRIVATE KEY-----")',
  'key.replace("-----BEGIN PRIVATE KEY-----", "").replace("-----END PRIVATE KEY-----", "")',
  'type Token = { kind: "identifier"; value: string };',
  'case Token.StringLiteral2: return parse(token);',
  'max_tokens=4096, temperature=0.2',
  'grant_type=urn:ietf:params:oauth:grant-type:token-exchange',
  'token_url = "https://login.host.dev/oauth2/v2.0/token"',
  '<input type="password" name="password" id="password-field2" />',
  'expect(screen.getByLabelText("Password")).toBeVisible();',
  '"password": "Passwort", "token": "Zugriffstoken",',
  'password.length >= 8 && /\\d/.test(password)',
  'router.post("/password/reset/:token", resetPassword2);',
  'headers: { Authorization: `Bearer ${token}` }',
  'Basic authentication is not supported; use bearer authentication.',
  'secretName: my-app-tls-2024',
  'KEY_SIZE = 2048; primary_key=True, foreign_key="user.id"',
  'keyboard_key = "Shift+F10"',
  'AKIAIOSFODNN7EXAMPLE',
  'you can pass `spec=True` or `autospec=some_object`',
  '/** `curl -u name:password`, `--user`. */',
  'password = base64.b64decode(secrets_client.get(name="db2"))',
  'fields = ["username", "password", "email2"]',
  'from secrets import token_hex; token = token_hex(32)',
];

describe('what only looks like a secret is left alone', () => {
  for (const text of innocent) {
    it(text, () => {
      expect(redacted(text)).toBe(text);
    });
  }
});
