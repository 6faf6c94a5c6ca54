// security/cwe-NNN: what the rules and the tracker find, told by marked code; every mark is a finding, and there are no others.
import { beforeAll, describe, expect, it } from 'vitest';
import type { Syntax } from '../../../server/input/syntax/index.ts';
import { securityChecks } from '../../../server/validation/checks/security.ts';
import { weaknesses } from '../../../server/validation/security/weaknesses.ts';
import { asMarks, checkFile, loadSyntax, readMarks } from '../kit.ts';

let syntax: Syntax;
beforeAll(async () => {
  syntax = await loadSyntax('python', 'javascript', 'typescript', 'go', 'java', 'rust', 'c');
});

function expectMarks(path: string, marked: string): void {
  const { text, marks } = readMarks(marked);
  const found = checkFile(syntax, path, text).findings.filter(({ check }) => check.startsWith('security/'));
  expect(asMarks(text, found)).toEqual(marks);
}

describe('what comes from a request', () => {
  it('is followed through assignments, concatenation and formats to a shell', () => {
    expectMarks(
      'app.py',
      `import os
from flask import request
def show():
    folder = request.args.get("folder")
    command = "ls -l " + folder.strip()
    os.system(command)
    ^^^^^^^^^ security/cwe-78
    os.system(f"du {folder}")
    ^^^^^^^^^ security/cwe-78
    os.system("ls -l /srv")
`,
    );
  });

  it('is known under any name that imports give', () => {
    expectMarks(
      'app.py',
      `from subprocess import run as start
import flask as f
start("ls " + f.request.args["folder"], shell=True)
^^^^^ security/cwe-78
start(["ls", f.request.args["folder"]])
`,
    );
  });

  it('is a parameter of a function that a route leads to', () => {
    expectMarks(
      'app.py',
      `from flask import Flask
import pickle
app = Flask(__name__)
@app.route("/load/<data>")
def load(data):
    return str(pickle.loads(data))
               ^^^^^^^^^^^^ security/cwe-502
`,
    );
  });

  it('is harmless once it is a number, quoted for where it goes, or looked at', () => {
    expectMarks(
      'app.py',
      `import os, shlex, re
from flask import request
def show():
    os.system("head -n %s log" % int(request.args["lines"]))
    os.system("ls " + shlex.quote(request.args["folder"]))
    os.system("kill %d" % request.args["process"])
    name = request.args["name"]
    if not re.fullmatch("[a-z]+", name):
        return
    os.system("id " + name)
`,
    );
  });

  it('is not looked at by a function beside it that has a value of the same name', () => {
    expectMarks(
      'app.py',
      `import os, sys
def check(name):
    if name in ("ls", "pwd"):
        return True
name = sys.argv[1]
os.system(name)
^^^^^^^^^ security/cwe-78
line = sys.argv[2]
if line in known:
    os.system(line)
`,
    );
  });

  it('is forgotten where the name gets another value, and not where only a branch gives it one', () => {
    expectMarks(
      'app.py',
      `import os
from flask import request
def first():
    name = request.args["name"]
    name = "root"
    os.system("id " + name)
def second(quick):
    name = request.args["name"]
    if quick:
        name = "root"
    os.system("id " + name)
    ^^^^^^^^^ security/cwe-78
`,
    );
  });

  it('is followed in JavaScript, templates and destructuring included', () => {
    expectMarks(
      'app.js',
      `const { exec } = require('child_process');
app.get('/', (req, res) => {
  const { folder } = req.query;
  exec(\`ls \${folder}\`);
  ^^^^ security/cwe-78
  exec('ls');
  res.redirect(req.query.next);
  ^^^^^^^^^^^^ security/cwe-601
});
`,
    );
  });
});

describe('a query', () => {
  it('is put together from values, however they come', () => {
    expectMarks(
      'store.py',
      `def find(cursor, name, table):
    cursor.execute("SELECT * FROM users WHERE name = '%s'" % name)
    ^^^^^^^^^^^^^^ security/cwe-89
    cursor.execute("SELECT * FROM users WHERE name = '{}'".format(name))
    ^^^^^^^^^^^^^^ security/cwe-89
    query = "DELETE FROM users"
    query += f" WHERE name = '{name}'"
    cursor.execute(query)
    ^^^^^^^^^^^^^^ security/cwe-89
`,
    );
  });

  it('may have a table put in, which cannot be a parameter, and takes its values beside it', () => {
    expectMarks(
      'store.py',
      `def find(cursor, name, table):
    cursor.execute("SELECT * FROM users WHERE name = ?", (name,))
    cursor.execute("SELECT * FROM {} WHERE name = ?".format(table), (name,))
    cursor.execute("SELECT * FROM users LIMIT %d" % name)
`,
    );
  });

  it.each([
    ['store.js', "db.query('SELECT * FROM users WHERE name = ' + name);", 'db.query'],
    [
      'store.go',
      'package store\nfunc find(db *sql.DB, name string) {\n\tdb.Query(fmt.Sprintf("SELECT * FROM users WHERE name = \'%s\'", name))\n}\n',
      'db.Query',
    ],
    [
      'Store.java',
      'class Store { void find(Statement s, String name) { s.executeQuery("SELECT * FROM users WHERE name = \'" + name + "\'"); } }',
      's.executeQuery',
    ],
    [
      'store.c',
      'void find(sqlite3 *db, const char *name) {\n  char query[256];\n  snprintf(query, 256, "SELECT * FROM users WHERE name = \'%s\'", name);\n  sqlite3_exec(db, query, 0, 0, 0);\n}\n',
      'sqlite3_exec',
    ],
  ])('in %s', (path, text, marked) => {
    const found = checkFile(syntax, path, text).findings.filter(({ check }) => check === 'security/cwe-89');
    expect(found.map(({ span }) => text.slice(span.start, span.end))).toEqual([marked]);
  });
});

describe('a call that is wrong whatever it is given', () => {
  it('is told by its arguments', () => {
    expectMarks(
      'tool.py',
      `import hashlib, random, requests, ssl, tempfile, yaml
requests.get(url, verify=False)
^^^^^^^^^^^^ security/cwe-295
requests.get(url)
yaml.load(text, Loader=yaml.Loader)
^^^^^^^^^ security/cwe-502
yaml.load(text, Loader=yaml.SafeLoader)
tempfile.mktemp()
^^^^^^^^^^^^^^^ security/cwe-377
token = random.randint(0, 9)
        ^^^^^^^^^^^^^^ security/cwe-338
dice = random.randint(1, 6)
password_hash = hashlib.md5(data)
                ^^^^^^^^^^^ security/cwe-327
checksum = hashlib.md5(data)
context.verify_mode = ssl.CERT_NONE
^^^^^^^^^^^^^^^^^^^ security/cwe-295
`.replace(
        '                ^^^^^^^^^^^ security/cwe-327',
        '                ^^^^^^^^^^^ security/cwe-327\n                ^^^^^^^^^^^ security/cwe-328',
      ),
    );
  });

  it('is quiet where the library escapes by itself', () => {
    expectMarks(
      'serve.go',
      `package serve
import ("log/slog"; "net/http")
func handle(w http.ResponseWriter, r *http.Request) {
	var logger *slog.Logger
	w.Header().Set("X", r.URL.Query().Get("x"))
	logger.Error("x", "err", r.URL.Query().Get("x"))
}
`,
    );
    expectMarks(
      'serve.go',
      `package serve
import ("log"; "net/http")
func handle(w http.ResponseWriter, r *http.Request) {
	log.Println(r.URL.Query().Get("x"))
 ^^^^^^^^^^^ security/cwe-117
}
`,
    );
  });

  it('is quiet in a test, and in a file that only lies among tests is not', () => {
    const text =
      'import requests\nimport pytest\ndef test_get():\n    requests.get("https://a", verify=False)\n';
    const security = (path: string, written: string): number =>
      checkFile(syntax, path, written).findings.filter(({ check }) => check.startsWith('security/')).length;
    expect(security('/project/tests/test_get.py', text)).toBe(0);
    expect(
      security('/project/tests/tool.py', 'import requests\nrequests.get("https://a", verify=False)\n'),
    ).toBe(1);
  });
});

describe('what is less than certain', () => {
  it('is advice: information, whatever the check is set to', () => {
    const { findings } = checkFile(
      syntax,
      'tool.py',
      'import subprocess\nsubprocess.call("tar xf " + settings.archive, shell=True)\n',
    );
    expect(
      findings.filter(({ check }) => check === 'security/cwe-78').map(({ severity }) => severity),
    ).toEqual(['information']);
  });
});

describe('every check', () => {
  it.each(weaknesses.map((one) => [one.cwe, one] as const))(
    'cwe-%i finds its own example',
    (cwe, { example }) => {
      const path = { python: 'a.py', javascript: 'a.js', c: 'a.c' }[example.languageId]!;
      const { findings } = checkFile(syntax, path, example.code);
      expect(findings.map(({ check }) => check)).toContain(`security/cwe-${cwe}`);
    },
  );

  it('has a name of its own', () => {
    expect(new Set(securityChecks.map(({ name }) => name)).size).toBe(securityChecks.length);
  });
});
