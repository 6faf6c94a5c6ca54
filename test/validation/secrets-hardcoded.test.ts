// secrets/hardcoded: the rules of redaction as a check.
import { beforeAll, expect, it } from 'vitest';
import { loadFinder } from '../../server/input/privacy/index.ts';
import type { Syntax } from '../../server/input/syntax/index.ts';
import { checkFile, loadSyntax, project } from './kit.ts';

let syntax: Syntax;
let secretsIn: (text: string) => readonly { span: { start: number; end: number }; kind: string }[];
beforeAll(async () => {
  syntax = await loadSyntax('python');
  const find = await loadFinder();
  secretsIn = (text) => [...find(text)];
});

const secretsOf = (text: string, path = 'app.py'): string[] =>
  checkFile(syntax, path, text, project({ secretsIn }))
    .findings.filter(({ check }) => check === 'secrets/hardcoded')
    .map(({ span }) => text.slice(span.start, span.end));

it('finds passwords by the names that they are given to, and keys by their form', () => {
  expect(secretsOf('db_password = "Tr0ub4dor&3"\n')).toEqual(['Tr0ub4dor&3']);
  expect(secretsOf('connect(user="root", password="s3cr3tPass!")\n')).toEqual(['s3cr3tPass!']);
  expect(secretsOf('PASSWORD = "correct-horse-battery-9"\n')).toEqual(['correct-horse-battery-9']);
  expect(secretsOf('db_password = "-k{}9Tr0ub4dor&3"\n')).toEqual(['-k{}9Tr0ub4dor&3']);
  expect(secretsOf('key = "AKIAQ3EGRHZ7MXBL2JKP"\n')).toEqual(['AKIAQ3EGRHZ7MXBL2JKP']);
});

it.each([
  'password = "changeme"\n',
  'PASSWORD_FIELD = "password"\n',
  'token = os.environ["TOKEN"]\n',
  'password = "<your password>"\n',
  'raise TypeError("Did you mean to pass \'--{name}\'?")\n',
  '# password = "Tr0ub4dor&3"\n',
  'message = "the password is wrong"\n',
  '"""How to use it:\n    login(password="Tr0ub4dor&3")\n"""\n',
  'password = "correct-horse-battery-staple"  # an example\n',
  'PASSWORD = "confirm-password-step-2"\n',
  'PASSWORD = "your-password-here-123"\n',
])('has nothing to say of %j', (text) => {
  expect(secretsOf(text)).toEqual([]);
});

it('names a secret once, by its form where that is known', () => {
  const key = ['ghp', '_', 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'].join('');
  const { findings } = checkFile(
    syntax,
    'app.py',
    `def connect(token: str = "${key}"): ...\n`,
    project({ secretsIn }),
  );
  const told = findings.filter(({ check }) => check === 'secrets/hardcoded');
  expect(told.map(({ message }) => message.split(' stands')[0])).toEqual(['A GitHub token']);
});

it('keeps quiet in tests', () => {
  const text = 'import pytest\ndef test_login():\n    login(password="Tr0ub4dor&3")\n';
  expect(secretsOf(text, '/project/tests/test_login.py')).toEqual([]);
});

it('finds nothing where nobody can look', () => {
  const { findings } = checkFile(syntax, 'app.py', 'password = "Tr0ub4dor&3"\n');
  expect(findings.filter(({ check }) => check === 'secrets/hardcoded')).toEqual([]);
});
