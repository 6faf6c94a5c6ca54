// What JavaScript gives its values and classes from outside, and asks for before it uses it: no member of those is told.
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Syntax } from '../../server/input/syntax/index.ts';
import { tree } from '../input/workspace/tree.ts';
import { asMarks, checkFile, loadSyntax, projectIn, readMarks } from './kit.ts';

let syntax: Syntax;
beforeAll(async () => {
  syntax = await loadSyntax('javascript');
});

const cases: Record<string, string> = {
  'values that functions give members to': `
const failure = new Error("x"), other = new Error("y"), third = new Error("z");
Object.assign(failure, { data: 1 });
Object.defineProperty(other, "code", { value: 1 });
Object.setPrototypeOf(third, {});
failure.data; other.code; third.more;
const fourth = new Error("z");
fourth.data;
       ^^^^ members/unknown
`,
  'classes whose prototypes are handed on, and those that only have members read or written': `
class Assigned { a() {} }
Object.assign(Assigned.prototype, { go() {} });
new Assigned().go();
class Defined { a() {} }
Object.defineProperties(Defined.prototype, { go: { value: 1 } });
new Defined().go();
class Child { a() {} }
require("util").inherits(Child, require("events"));
new Child().emit("x");
import { Kept, Other } from "./kept.js";
Object.assign(Kept.prototype, { go() {} });
new Kept().go();
new Other().go();
            ^^ members/unknown
class Plain { a() {} }
Plain.prototype.b = Plain.prototype.a;
new Plain().b();
new Plain().go();
            ^^ members/unknown
`,
  'members that are asked for before they are used, on that value': `
const day = new Date();
if (day.custom) day.custom();
day.other?.();
if (!day.third) day.toString();
if (day.getFulYear) day.toString();
        ^^^^^^^^^^ members/unknown
const word = "abc";
word.foo && word.foo();
const known = new Map();
known.mine ??= 2;
known.mine;
const promise = Promise.resolve(1);
promise.then(() => {}).cancel?.();
known.foo();
      ^^^ members/unknown
function elsewhere() {
  const word = "abc";
  return word.foo();
              ^^^ members/unknown
}
`,
};

describe('finds in JavaScript', () => {
  for (const [what, marked] of Object.entries(cases)) {
    test(what, () => {
      const { text, marks } = readMarks(marked);
      const folder = tree({
        'a.js': text,
        'kept.js': 'export class Kept { a() {} }\nexport class Other { a() {} }\n',
      });
      const project = projectIn(syntax, folder);
      const { findings } = checkFile(syntax, join(folder, 'a.js'), text, project);
      const judged = findings.filter(({ check }) => check === 'members/unknown');
      expect(asMarks(text, judged)).toEqual(marks);
    });
  }
});
