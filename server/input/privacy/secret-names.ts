// Names whose values are secrets: `db_password`, `clientSecret`, `API-KEY`, and those that only speak of one.

/** Found first in a text, since they are rarer than assignments. The name around is then read whole. */
export const secretWord =
  /passw(?:or)?d|passphrase|passwort|pwd|pass(?![a-z])|secret|token|credential|creds|salt|auth(?![a-z])|key(?![a-z])/gi;

const passwordWords = new Set([
  'password',
  'passwd',
  'passwort',
  'passphrase',
  'pwd',
  'pass',
  'userpass',
  'dbpass',
]);
const tokenWords = new Set([
  'secret',
  'secrets',
  'token',
  'authtoken',
  'apitoken',
  'credential',
  'credentials',
  'creds',
  'salt',
  'apikey',
  'apisecret',
  'secretkey',
  'accesskey',
  'privatekey',
  'authkey',
  'auth',
]);

/** `key` alone is a key of a map; after one of these it opens something. */
const keyOwners = new Set([
  'api',
  'access',
  'private',
  'secret',
  'signing',
  'encryption',
  'auth',
  'master',
  'account',
  'shared',
  'service',
  'license',
  'licence',
  'storage',
  'webhook',
  'app',
  'application',
  'consumer',
  'subscription',
  'session',
  'deploy',
  'ssh',
  'hmac',
  'jwt',
  'cookie',
  'client',
  'admin',
  'logged',
  'nonce',
  'secure',
  'write',
  'ingest',
  'instrumentation',
]);

/** Ends of names whose values describe a secret or say where it is. */
const aside = new Set([
  'env',
  'name',
  'names',
  'url',
  'uri',
  'path',
  'file',
  'filename',
  'field',
  'header',
  'param',
  'parameter',
  'type',
  'types',
  'prefix',
  'suffix',
  'regex',
  'pattern',
  'label',
  'hint',
  'placeholder',
  'message',
  'error',
  'description',
  'title',
  'count',
  'length',
  'limit',
  'expiry',
  'expires',
  'index',
  'version',
  'format',
  'ref',
  'arn',
  'class',
  'style',
  'icon',
  'selector',
  'scope',
]);

/** Words anywhere in a name that say that everybody may know the value. */
const open = new Set([
  'public',
  'publishable',
  'hash',
  'hashes',
  'digest',
  'checksum',
  'fingerprint',
  'thumbprint',
  'integrity',
  'csrf',
  'xsrf',
  'cancellation',
  'syntax',
  'symbol',
  'lexer',
  'partition',
  'primary',
  'foreign',
  'cache',
  'sort',
]);

/**
 * What a value of that name is, as its placeholder says; `undefined` for names that stand for something else.
 * @param name as written: any of the usual ways to put words together.
 */
export function secretNamed(name: string): 'password' | 'secret' | 'token' | 'key' | undefined {
  const words = (name.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+/g) ?? []).map((word) => word.toLowerCase());
  if (words.some((word) => open.has(word)) || aside.has(words.at(-1) ?? '')) return undefined;
  for (const [index, word] of words.entries()) {
    if (passwordWords.has(word)) return 'password';
    if (word === 'key' && keyOwners.has(words[index - 1] ?? '')) return 'key';
    if (tokenWords.has(word))
      return word.endsWith('key') ? 'key' : word.includes('token') ? 'token' : 'secret';
  }
  return undefined;
}
