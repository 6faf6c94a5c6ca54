// The weaknesses that there are checks for, by their number in the Common Weakness Enumeration (MITRE, CWE 4.x).
import type { Severity } from '../../core/finding.ts';

export interface Weakness {
  readonly cwe: number;
  readonly severity: Severity;
  /** One sentence: what is found. */
  readonly summary: string;
  readonly example: { readonly languageId: string; readonly code: string };
}

const python = (code: string): Weakness['example'] => ({ languageId: 'python', code: `${code}\n` });
const javascript = (code: string): Weakness['example'] => ({ languageId: 'javascript', code: `${code}\n` });

export const weaknesses: readonly Weakness[] = [
  {
    cwe: 20,
    severity: 'warning',
    summary:
      'A host or address is compared by a part of it, or by a pattern whose dots stand for any character.',
    example: python('if "example.com" in url:\n    redirect(url)'),
  },
  {
    cwe: 22,
    severity: 'warning',
    summary: 'A path is made of what a request brings, which may lead out of its folder.',
    example: python('from flask import request\n\nopen("/data/" + request.args["name"])'),
  },
  {
    cwe: 78,
    severity: 'warning',
    summary: 'A command for a shell is put together from values, which may bring commands of their own.',
    example: python('import os\n\ndef show(folder):\n    os.system("ls " + folder)'),
  },
  {
    cwe: 79,
    severity: 'warning',
    summary: 'A page is put together from what a request brings, without escaping it.',
    example: python(
      'from flask import request\n\n@app.route("/hello")\ndef hello():\n    return "<h1>" + request.args["name"] + "</h1>"',
    ),
  },
  {
    cwe: 89,
    severity: 'warning',
    summary: 'A query for a database is put together from values instead of passing them as parameters.',
    example: python(
      'def find(cursor, name):\n    cursor.execute("SELECT * FROM users WHERE name = \'%s\'" % name)',
    ),
  },
  {
    cwe: 90,
    severity: 'warning',
    summary: 'A filter for a directory (LDAP) is put together from values without escaping them.',
    example: python(
      'from flask import request\n\nconnection.search_s(base, ldap.SCOPE_SUBTREE, "(uid=%s)" % request.args["user"])',
    ),
  },
  {
    cwe: 94,
    severity: 'warning',
    summary: 'A text that comes from outside is run as code.',
    example: python('from flask import request\n\neval(request.args["expression"])'),
  },
  {
    cwe: 113,
    severity: 'information',
    summary: 'A header of a response is set to what a request brings.',
    example: python('from flask import request\n\nresponse.headers["X-Name"] = request.args["name"]'),
  },
  {
    cwe: 116,
    severity: 'warning',
    summary: 'A regular expression filters HTML, of which a browser accepts more than the expression knows.',
    example: python('import re\n\nre.sub("<script.*?>.*?</script>", "", html)'),
  },
  {
    cwe: 117,
    severity: 'information',
    summary: 'A line of a log is put together from what a request brings, which may begin lines of its own.',
    example: python('from flask import request\n\nlogging.info("login of " + request.args["user"])'),
  },
  {
    cwe: 120,
    severity: 'warning',
    summary: 'Text is copied into a buffer without regard to its size.',
    example: { languageId: 'c', code: 'void read(char *line) {\n  gets(line);\n}\n' },
  },
  {
    cwe: 209,
    severity: 'information',
    summary: 'The text of an exception is handed to whoever sent the request.',
    example: python(
      'from flask import Flask\n\n@app.route("/")\ndef index():\n    try:\n        return show()\n    except Exception as error:\n        return str(error)',
    ),
  },
  {
    cwe: 295,
    severity: 'warning',
    summary: 'The certificate of the other side is not verified.',
    example: python('import requests\n\nrequests.get(url, verify=False)'),
  },
  {
    cwe: 319,
    severity: 'information',
    summary: 'A protocol without encryption carries what may be secret.',
    example: python('import telnetlib\n\ntelnetlib.Telnet("example.org")'),
  },
  {
    cwe: 326,
    severity: 'warning',
    summary: 'A key is too short.',
    example: python('from Crypto.PublicKey import RSA\n\nRSA.generate(1024)'),
  },
  {
    cwe: 327,
    severity: 'warning',
    summary: 'A cipher, mode or protocol that is broken.',
    example: python('from Crypto.Cipher import DES\n\nDES.new(key, DES.MODE_ECB)'),
  },
  {
    cwe: 328,
    severity: 'information',
    summary: 'A hash for which collisions can be made, or one that is too quick for passwords.',
    example: python('import hashlib\n\npassword_hash = hashlib.sha256(password.encode())'),
  },
  {
    cwe: 338,
    severity: 'warning',
    summary: 'A secret is drawn from a generator whose numbers can be foretold.',
    example: python('import random\n\ntoken = random.randint(0, 10 ** 9)'),
  },
  {
    cwe: 347,
    severity: 'warning',
    summary: 'The signature of a token is not verified.',
    example: python('import jwt\n\njwt.decode(token, options={"verify_signature": False})'),
  },
  {
    cwe: 352,
    severity: 'warning',
    summary: 'Protection against forged requests is switched off.',
    example: python(
      'from django.views.decorators.csrf import csrf_exempt\n\n@csrf_exempt\ndef pay(request): ...',
    ),
  },
  {
    cwe: 369,
    severity: 'information',
    summary: 'Something is divided by a number that a request brings, and nobody asks whether it is zero.',
    example: python(
      'from flask import request\n\n@app.route("/mean")\ndef mean():\n    return str(total / int(request.args["count"]))',
    ),
  },
  {
    cwe: 377,
    severity: 'warning',
    summary: 'A temporary file has a name that others can foretell or take first.',
    example: python('import tempfile\n\ntempfile.mktemp()'),
  },
  {
    cwe: 489,
    severity: 'warning',
    summary: 'A server is started with its debugger, which runs code for whoever finds it.',
    example: python('from flask import Flask\n\napp = Flask(__name__)\napp.run(debug=True)'),
  },
  {
    cwe: 502,
    severity: 'warning',
    summary: 'Data is read by something that makes any object of it, and runs code as it does.',
    example: python('import yaml\n\nyaml.load(text, Loader=yaml.Loader)'),
  },
  {
    cwe: 601,
    severity: 'warning',
    summary: 'A request says where its sender is led to.',
    example: python('from flask import redirect, request\n\nredirect(request.args["next"])'),
  },
  {
    cwe: 605,
    severity: 'information',
    summary: "A server listens on all of the machine's interfaces.",
    example: python('server.bind(("0.0.0.0", 8080))'),
  },
  {
    cwe: 611,
    severity: 'warning',
    summary: 'An XML parser follows entities to files and addresses.',
    example: python('from lxml import etree\n\netree.XMLParser(resolve_entities=True)'),
  },
  {
    cwe: 614,
    severity: 'information',
    summary: 'A cookie is set without `secure`, or with it switched off.',
    example: python('response.set_cookie("session", value, secure=False)'),
  },
  {
    cwe: 643,
    severity: 'warning',
    summary: 'An XPath or XQuery expression is put together from values.',
    example: python('def find(root, name):\n    return root.xpath("//user[name=\'" + name + "\']")'),
  },
  {
    cwe: 676,
    severity: 'information',
    summary: 'A function that cannot be used safely.',
    example: { languageId: 'c', code: 'void read(char *line) {\n  gets(line);\n}\n' },
  },
  {
    cwe: 730,
    severity: 'warning',
    summary: 'A request brings a regular expression, which may take for ever to match.',
    example: python('import re\nfrom flask import request\n\nre.search(request.args["pattern"], text)'),
  },
  {
    cwe: 732,
    severity: 'warning',
    summary: 'A file may be read or written by everybody.',
    example: python('import os\n\nos.chmod("key.pem", 0o777)'),
  },
  {
    cwe: 776,
    severity: 'warning',
    summary: 'An XML parser expands entities of what comes from outside, which may grow without end.',
    example: python(
      'import xml.etree.ElementTree as ET\nfrom flask import request\n\nET.fromstring(request.data)',
    ),
  },
  {
    cwe: 798,
    severity: 'warning',
    summary: 'A password or key is written in the code.',
    example: python('import mysql.connector\n\nmysql.connector.connect(user="root", password="hunter2")'),
  },
  {
    cwe: 918,
    severity: 'warning',
    summary: 'A request says which address the server asks.',
    example: python('import requests\nfrom flask import request\n\nrequests.get(request.args["url"])'),
  },
  {
    cwe: 943,
    severity: 'warning',
    summary: 'A query for a document store is what a request brings, operators included.',
    example: javascript(
      "const { MongoClient } = require('mongodb');\n\nusers.findOne({ name: req.body.name, password: req.body.password });",
    ),
  },
  {
    cwe: 1004,
    severity: 'information',
    summary: 'A cookie is set that scripts of the page can read: `httponly` is switched off.',
    example: python('response.set_cookie("session", value, httponly=False)'),
  },
  {
    cwe: 1333,
    severity: 'warning',
    summary:
      'A regular expression may take exponentially long: a repetition holds another that can match the same.',
    example: python('import re\n\nre.match(r"^(a+)+$", text)'),
  },
  {
    cwe: 1336,
    severity: 'warning',
    summary: 'A template is made of what comes from outside, and is run.',
    example: python(
      'from flask import render_template_string, request\n\nrender_template_string("Hello " + request.args["name"])',
    ),
  },
];
