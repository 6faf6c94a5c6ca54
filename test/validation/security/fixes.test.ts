// The safe forms that security checks offer.
import { beforeAll, expect, it } from 'vitest';
import { applyEdits } from '../../../server/core/span.ts';
import type { Syntax } from '../../../server/input/syntax/index.ts';
import { checkFile, loadSyntax } from '../kit.ts';

let syntax: Syntax;
beforeAll(async () => {
  syntax = await loadSyntax('python', 'javascript');
});

it.each([
  ['import yaml\nyaml.load(text)\n', 'import yaml\nyaml.safe_load(text)\n'],
  [
    'import requests\nrequests.get(url, verify=False, timeout=5)\n',
    'import requests\nrequests.get(url, timeout=5)\n',
  ],
  ['import tempfile\nname = tempfile.mktemp()\n', 'import tempfile\nname = tempfile.mkstemp()\n'],
  ['import hashlib\nsignature = hashlib.md5(data)\n', 'import hashlib\nsignature = hashlib.sha256(data)\n'],
  [
    'from flask import Flask\napp = Flask(__name__)\napp.run(debug=True)\n',
    'from flask import Flask\napp = Flask(__name__)\napp.run()\n',
  ],
  ['import yaml\nyaml.load_all(text)\n', 'import yaml\nyaml.safe_load_all(text)\n'],
  [
    'import yaml\nyaml.load(text, Loader=yaml.UnsafeLoader)\n',
    'import yaml\nyaml.load(text, Loader=yaml.SafeLoader)\n',
  ],
  ['import yaml\nyaml.unsafe_load_all(text)\n', 'import yaml\nyaml.safe_load_all(text)\n'],
  [
    'import requests\nrequests.get(\n    url,\n    verify=False,  # for now\n)\n',
    'import requests\nrequests.get(\n    url,  # for now\n)\n',
  ],
  ['import requests as r\nr.get(verify=False, url=url)\n', 'import requests as r\nr.get(url=url)\n'],
  ['import ssl\nssl._create_unverified_context()\n', 'import ssl\nssl.create_default_context()\n'],
  [
    'import ssl\ncontext.verify_mode = ssl.CERT_NONE\n',
    'import ssl\ncontext.verify_mode = ssl.CERT_REQUIRED\n',
  ],
  [
    'import hashlib\ntoken = hashlib.new("md5", data)\n',
    'import hashlib\ntoken = hashlib.new("sha256", data)\n',
  ],
  ['context.check_hostname = False\n', 'context.check_hostname = True\n'],
])('%j becomes %j', (before, after) => {
  const [finding] = checkFile(syntax, 'tool.py', before).findings.filter(({ check }) =>
    check.startsWith('security/'),
  );
  const [fix] = finding!.fixes;
  expect(applyEdits(before, fix!.edits[0]!.edits)).toBe(after);
  expect(fix!.certain).toBe(false);
});

it.each([
  ['a bare name, which would have to be imported', 'from hashlib import md5\nsignature = md5(data)\n'],
  ['a module that the file calls otherwise', 'import yaml as y\ny.load(text, Loader=y.UnsafeLoader)\n'],
  ['a module that is not imported', 'from ssl import CERT_NONE\ncontext.verify_mode = CERT_NONE\n'],
  ['a class of hashes', 'from Crypto.Hash import MD5\nsignature = MD5.new(data)\n'],
  ['a protocol of a socket', 'import ssl\nssl.wrap_socket(one, ssl_version=ssl.PROTOCOL_SSLv3)\n'],
])('no form is offered for %s', (_, text) => {
  const found = checkFile(syntax, 'tool.py', text).findings.filter(({ check }) =>
    check.startsWith('security/'),
  );
  expect(found.length).toBeGreaterThan(0);
  expect(found.flatMap(({ fixes }) => fixes)).toEqual([]);
});
