// What is found in a text does not depend on how it came about: typed key by key in a project that remembers what it saw
// before, or read at once by one that knows nothing yet.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Finding } from '../../server/core/finding.ts';
import { applyEdits, type Edit } from '../../server/core/span.ts';
import type { ParsedFile, Syntax } from '../../server/input/syntax/index.ts';
import { createProject } from '../../server/input/workspace/project.ts';
import { runChecks, severitiesOf } from '../../server/validation/index.ts';
import { loadSyntax, run, subjectOf } from './kit.ts';

interface Sample {
  readonly path: string;
  readonly text: string;
  /** Statements that are typed at the ends of lines, with the line's indentation. */
  readonly typed: readonly string[];
}

const samples: Readonly<Record<string, Sample>> = {
  python: {
    path: 'shop.py',
    text: `import os
from collections import OrderedDict

LIMIT = 3


class Cart(dict):
    """Things that are bought."""

    def __init__(self, owner: str) -> None:
        self.owner = owner
        self.names = []

    def show(self):
        self.names.push(1)
        os.system("ls " + self.owner)
        return total(self.names, LIMIT, 4)


def total(prices, limit):
    text = "a"
    text.uper()
    return sum(pricse) if limit else OrderedDict().keyz()


def later():
    # TODO: write it
    pass
`,
    typed: ['total([], 1, 2)', 'self.names = "x"', 'names = missing', 'def more(a): return a', 'import jsn'],
  },
  typescript: {
    path: 'shop.ts',
    text: `import { exec } from 'node:child_process';
const limit = 3;

export class Cart {
  names: string[] = [];
  constructor(private readonly owner: string) {}
  show(): number {
    this.names.pusj('a');
    exec('ls ' + this.owner);
    return total(this.names, limit, 4);
  }
}

export function total(prices: string[], most: number): number {
  const text = 'a';
  text.toUperCase();
  return prices.lenght + moust;
}

// TODO: write it
export function later(): void {
  throw new Error('not implemented');
}
`,
    typed: ['total([], 1, 2);', 'const more = missing;', "const text = [''];", 'function one(a: string) {}'],
  },
  javascript: {
    path: 'shop.js',
    text: `const { exec } = require('child_process');
let limit = 3;

class Cart {
  constructor(owner) {
    this.owner = owner;
    this.names = [];
  }
  show() {
    this.names.pusj('a');
    exec('ls ' + this.owner);
    return total(this.names, limit);
  }
}

function total(prices, most) {
  const text = 'a';
  text.toUperCase();
  return prices.length + moust;
}

module.exports = { Cart, total };
`,
    typed: ['total([], 1);', 'limit = "a";', 'const more = missing;', 'eval(limit);'],
  },
  go: {
    path: 'shop.go',
    text: `package shop

import (
	"fmt"
	"os/exec"
	"strings"
)

type Cart struct {
	Owner string
	names []string
}

func (c *Cart) Show() int {
	exec.Command("sh", "-c", "ls "+c.Owner).Run()
	c.nams = nil
	return total(c.names, 4, 5)
}

func total(prices []string, most int) int {
	fmt.Println(strings.ToUper("a"))
	return len(prices) + moust
}
`,
    typed: ['total(nil, 1, 2)', 'c.Owner = "x"', 'more := missing', 'fmt.Printn(1)'],
  },
  rust: {
    path: 'shop.rs',
    text: `use std::process::Command;

pub struct Cart {
    owner: String,
}

impl Cart {
    pub fn show(&self) -> usize {
        Command::new("sh").arg(format!("ls {}", self.owner));
        total(&[], 4)
    }
}

fn total(prices: &[String], most: usize) -> usize {
    prices.len() + moust
}

fn later() {
    todo!()
}
`,
    typed: ['total(&[], 1);', 'let more = missing;', 'let most = 1;'],
  },
  java: {
    path: 'Shop.java',
    text: `import java.util.ArrayList;
import java.util.List;

public class Shop {
    private final List<String> names = new ArrayList<>();
    private String owner = "";

    int show() throws Exception {
        names.pusj("a");
        Runtime.getRuntime().exec("ls " + owner);
        return total(names, 4, 5);
    }

    static int total(List<String> prices, int most) {
        String text = "a";
        text.toUperCase();
        return prices.size() + moust;
    }

    // TODO: write it
    void later() {
        throw new UnsupportedOperationException();
    }
}
`,
    typed: ['total(null, 1, 2);', 'owner = "x";', 'int more = missing;', 'void one() {}'],
  },
};

type Step =
  | { readonly kind: 'type'; readonly at: number; readonly what: number }
  | { readonly kind: 'rename'; readonly at: number }
  | { readonly kind: 'drop'; readonly at: number };

const share = fc.double({ min: 0, max: 0.999, noNaN: true });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('type' as const), at: share, what: fc.nat(9) }),
  fc.record({ kind: fc.constant('rename' as const), at: share }),
  fc.record({ kind: fc.constant('drop' as const), at: share }),
);

/** One step as an editor would send it: a key an edit. */
function editsOf(text: string, one: Step, typed: readonly string[]): Edit[] {
  const end = text.indexOf('\n', Math.floor(one.at * text.length));
  const start = text.lastIndexOf('\n', end - 1) + 1;
  const line = text.slice(start, end);
  if (one.kind === 'drop') return [{ span: { start, end: end + 1 }, newText: '' }];
  if (one.kind === 'rename') {
    const word = /[A-Za-z]{4,}/.exec(line);
    const at = start + (word?.index ?? 0) + 2;
    return word ? [{ span: { start: at, end: at + 1 }, newText: 'w' }] : [];
  }
  const keys = `\n${/^\s*/.exec(line)![0]}${typed[one.what % typed.length]}`;
  return [...keys].map((newText, index) => ({
    span: { start: end + index, end: end + index },
    newText,
  }));
}

/** Milliseconds: no test waits that long. */
const patience = 120_000;

let syntax: Syntax;
let folder: string;
beforeAll(async () => {
  syntax = await loadSyntax(...Object.keys(samples));
  folder = mkdtempSync(join(tmpdir(), 'vouch-edited-'));
}, patience);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A document in a project of its own, as an editor has it. */
function opened(languageId: string, path: string) {
  let file: ParsedFile | undefined;
  const isIt = (asked: string): boolean => asked === path;
  const project = createProject({
    log: run.log,
    syntax,
    folders: [{ path: folder, exclude: [] }],
    openText: (asked) => (isIt(asked) ? file?.text : undefined),
    openFacts: (asked) => (isIt(asked) ? file?.facts : undefined),
  });
  return {
    findings(text: string, edit?: Edit): readonly Finding[] {
      file = syntax.parse(languageId, text, file && edit && { file, edits: [edit] })!;
      return runChecks(run, subjectOf(syntax, path, file, project), severitiesOf({})).findings;
    },
    /** What cannot be parsed is recovered from in more than one way. */
    isSound: (): boolean => file!.facts.errors.length === 0,
    close: () => file?.release(),
  };
}

describe.each(Object.entries(samples))('%s', (languageId, { path: name, text: before, typed }) => {
  test(
    'findings of an edited text are those of the same text read at once',
    () => {
      const path = join(folder, name);
      let compared = 0;
      let found = 0;
      fc.assert(
        fc.property(fc.array(step, { minLength: 1, maxLength: 3 }), (steps) => {
          const document = opened(languageId, path);
          let text = before;
          document.findings(text);
          for (const one of steps) {
            let now: readonly Finding[] = [];
            const edits = editsOf(text, one, typed);
            for (const edit of edits) {
              text = applyEdits(text, [edit]);
              now = document.findings(text, edit);
            }
            if (edits.length === 0 || !document.isSound()) continue;
            const anew = opened(languageId, path);
            expect(now).toEqual(anew.findings(text));
            anew.close();
            compared++;
            found += now.length;
          }
          document.close();
        }),
        { numRuns: 4, seed: 11 },
      );
      // Sound texts with something to find were among them, or nothing was shown.
      expect(compared).toBeGreaterThan(2);
      expect(found).toBeGreaterThan(2);
    },
    patience,
  );
});
