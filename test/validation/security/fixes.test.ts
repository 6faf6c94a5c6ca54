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
  ['context.check_hostname = False\n', 'context.check_hostname = True\n'],
])('%j becomes %j', (before, after) => {
  const [finding] = checkFile(syntax, 'tool.py', before).findings.filter(({ check }) =>
    check.startsWith('security/'),
  );
  expect(applyEdits(before, finding!.fixes[0]!.edits[0]!.edits)).toBe(after);
});
