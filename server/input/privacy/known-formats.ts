// Secrets that are known by their form: secretlint's rules, and the table of forms beside them.
import type { SecretLintRuleContext, SecretLintSourceCode } from '@secretlint/types';
import { type Span, span } from '../../core/span.ts';
import { formats } from './formats.ts';
import type { Finder, Secret } from './secret.ts';

/**
 * Rules of the preset that are run, and how their messages are called in a placeholder. The others are left out: URLs
 * with a password and private keys are found by finders that leave the code around them whole, account numbers are no
 * secret, key files are never part of a prompt, and comments that quiet a linter do not say what may be sent.
 */
const kindsByRule: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  aws: { AWSAccessKeyID: 'AWS access key', AWSSecretAccessKey: 'AWS secret key' },
  npm: { NPM_ACCESS_TOKEN: 'npm token' },
  slack: { SLACK_TOKEN: 'Slack token', IncomingWebhook: 'Slack webhook' },
  sendgrid: { SENDGRID_KEY: 'SendGrid key' },
  shopify: { SHOPIFY_KEY: 'Shopify key' },
  github: { GITHUB_TOKEN: 'GitHub token' },
  openai: { OPENAI_TOKEN: 'OpenAI key' },
  anthropic: { ANTHROPIC_API_KEY: 'Anthropic key' },
  linear: { LINEAR_API_TOKEN: 'Linear key' },
  '1password': { OPS_TOKEN: '1Password token' },
};

const ruleIdPrefix = '@secretlint/secretlint-rule-';

/** Off by default in secretlint; an access key's number is half of what it opens. */
const options = { enableIDScanRule: true };

/** A text that is no file: rules that know names of files have nothing to do. */
type Content = Pick<SecretLintSourceCode, 'content' | 'filePath' | 'ext' | 'contentType'>;

/**
 * Loads secretlint's rules, some 180 KB of code: lazily, in the worker that builds prompts. They are run without
 * secretlint's core, which keeps a performance mark of every run for the life of the process.
 * @throws Error when the package cannot be loaded, or does not hold a rule that is relied on.
 */
export async function loadKnownFormats(): Promise<Finder> {
  const { rules } = await import('@secretlint/secretlint-rule-preset-recommend');
  let text = '';
  let found: Secret[] = [];
  const scanners = Object.entries(kindsByRule).map(([name, kinds]): { file?(source: Content): unknown } => {
    const rule = rules.find(({ meta }) => meta.id === ruleIdPrefix + name);
    if (!rule) throw new Error(`secretlint has no rule ${name}`);
    const context: SecretLintRuleContext = {
      sharedOptions: {},
      createTranslator: () => (messageId, data) => ({ message: '', messageId: String(messageId), data }),
      ignore: () => undefined,
      report({ message, range }) {
        const kind = kinds[message.messageId];
        if (kind !== undefined) found.push({ kind, span: placeOf(text, range, message.data) });
      },
    };
    return rule.create(context, options);
  });

  return (searched) => {
    text = searched;
    found = [];
    const source: Content = { content: searched, filePath: undefined, ext: '', contentType: 'text' };
    for (const scanner of scanners) scanner.file?.(source);
    for (const [kind, pattern] of formats) {
      for (const { 0: match, index } of searched.matchAll(pattern)) {
        found.push({ kind, span: span(index, index + match.length) });
      }
    }
    return found;
  };
}

/** Some rules give a range that begins where the secret's name does; the message's data holds the secret itself. */
function placeOf(text: string, [start, end]: readonly [number, number], data: unknown): Span {
  const values: unknown[] = typeof data === 'object' && data !== null ? Object.values(data) : [];
  for (const value of values) {
    const at = typeof value === 'string' && value !== '' ? text.indexOf(value, start) : -1;
    if (typeof value === 'string' && at >= 0 && at < end) return span(at, at + value.length);
  }
  return span(start, end);
}
