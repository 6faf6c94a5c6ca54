// Candidates in compiled languages: one program of all of them and of the examples that their comments give.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type ExecutionUnit, observe, runExamples } from '../../../server/validation/execution/index.ts';
import { examples, has, language, run, sandbox, unit } from './kit.ts';

const project = await mkdtemp(join(tmpdir(), 'vouch-compiled-'));
afterAll(() => rm(project, { recursive: true }));

async function put(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(project, path)), { recursive: true });
    await writeFile(join(project, path), text);
  }
}

/** Of each candidate: what its examples came to, with the value of those that fail. */
async function verdicts(id: string, file: ExecutionUnit, doc: string, candidates: readonly string[]) {
  const asked = examples(doc, file);
  const rows = await runExamples(run, sandbox!, language(id), file, candidates, asked);
  return rows.map(({ results }) =>
    results
      .filter((_, index) => asked[index]!.form !== 'block')
      .map((one) =>
        one.outcome === 'failed' ? one.actual : one.outcome === 'not-run' ? `? ${one.why}` : one.outcome,
      ),
  );
}

describe.skipIf(!(await has('go')))('Go', () => {
  const text = (body: string): string =>
    `package orders\n\nimport (\n\t"errors"\n\n\t"example.com/shop/internal/text"\n)\n\nvar none = errors.New("none")\n\nfunc total(s string) (int, error) {\n${body}\n}\n\nvar _ = text.Words\n`;
  const doc = `total("a b") returns 2
total("") → 0
orders.total("x") == 1
words("a b") => [a b]
words("a b") => ["a", "b"]
words("x") => what is in it
`;

  test('a package of a project: values, errors, panics, no end; what does not compile is not held against it', async () => {
    await put({
      'go.mod': 'module example.com/shop\n\ngo 1.21\n',
      'internal/text/text.go':
        'package text\n\nimport "strings"\n\nfunc Words(s string) []string { return strings.Fields(s) }\n',
      'orders/words.go':
        'package orders\n\nimport "example.com/shop/internal/text"\n\nfunc words(s string) []string { return text.Words(s) }\n',
      'orders/words_test.go': 'package orders\n\nthis is not read\n',
    });
    const file = { ...unit('total(s)', join(project, 'orders', 'orders.go')), root: project };
    const rest = ['passed', 'passed', '? what it expects is not a value: what is in it'];
    expect(
      await verdicts('go', file, doc, [
        text('return len(words(s)), nil'),
        text('return len(s), nil'),
        text('if s == "" { return 0, none }\nreturn len(words(s)), nil'),
        text('if s == "" { panic("empty") }\nreturn len(words(s)), nil'),
        text('for s == "" {}\nreturn len(words(s)), nil'),
        text('return count(s), nil'),
      ]),
    ).toEqual([
      ['passed', 'passed', 'passed', ...rest],
      ['3', 'passed', 'passed', ...rest],
      ['passed', 'raises error: none', 'passed', ...rest],
      ['passed', 'raises panic: empty', 'passed', ...rest],
      ['passed', 'does not end', 'passed', ...rest],
      Array(6).fill('? it cannot be compiled on its own: undefined: count'),
    ]);
  });
});

describe.skipIf(!(await has('rustc')))('Rust', () => {
  const text = (body: string): string =>
    `fn total(s: &str) -> usize {\n${body}\n}\nfn words(s: &str) -> Vec<&str> { s.split_whitespace().collect() }\n`;
  const file = unit('total(s)', '/project/lib.rs');

  test('documentation tests: what a line needs is what stands before it in its block', async () => {
    const doc = `\`\`\`
use orders::total;

# let hidden = "a b";
assert_eq!(total(hidden), 2);
assert!(orders::total("x") == 1);
assert_eq!(orders::total(""), 0);
assert_eq!(words("a b"), ["a", "b"]);
\`\`\`
The share is \`share(1) returns 0.3333\`, and total("a") panics with NotPanicking.
`;
    const share = 'fn share(n: u32) -> f64 { f64::from(n) / 3.0 }\n';
    expect(
      await verdicts('rust', file, doc, [
        text('words(s).len()') + share,
        text('s.len()') + share,
        text('if s.is_empty() { panic!("empty") }\nwords(s).len()') + share,
        text('while s.is_empty() {}\nwords(s).len()') + share,
        text('if s.is_empty() { std::process::exit(0) }\nwords(s).len()') + share,
        text('"x"'),
      ]),
    ).toEqual([
      ['passed', 'passed', 'passed', 'passed', 'passed', '1'],
      ['3', ...Array(3).fill('? a line before it fails'), 'passed', '1'],
      ['passed', 'passed', 'raises panic: empty', '? a line before it fails', 'passed', '1'],
      ['passed', 'passed', 'does not end', '? a line before it fails', 'passed', '1'],
      ['passed', 'passed', 'ends its own process', 'ends its own process', 'passed', '1'],
      Array(6).fill(expect.stringContaining('? it cannot be compiled on its own: mismatched types')),
    ]);
  });

  test('behaviours', async () => {
    const inputs = ['"a b"', '""', '3'].map((value) => ({ arguments: [value], source: 'test' as const }));
    const candidate = text('if s.is_empty() { panic!("empty") }\nwords(s).len()');
    expect(await observe(run, sandbox!, language('rust'), file, [candidate], inputs)).toEqual([
      [
        { kind: 'value', value: '2' },
        { kind: 'raised', error: 'panic: empty' },
        { kind: 'not-run', why: expect.stringContaining('mismatched types') },
      ],
    ]);
  });
});

describe.skipIf(!(await has('javac')))('Java', () => {
  test('a class of a project, its private methods too', async () => {
    const text = (body: string): string =>
      `package shop.orders;\n\nimport java.util.List;\nimport shop.text.Words;\n\npublic class Orders {\n  private static int total(String s) {\n${body}\n  }\n  List<String> words(String s) { return Words.in(s); }\n}\n`;
    const doc = `{@code total("a b")} returns 2
{@code total("")} → 0
total("x") = 1
{@code total(null)} throws NullPointerException
<pre>{@code
Orders orders = new Orders();
orders.words("x y"); // returns [x, y]
}</pre>
`;
    await put({
      'src/main/java/shop/text/Words.java':
        'package shop.text;\n\nimport java.util.List;\n\npublic class Words {\n  public static List<String> in(String s) { return List.of(s.split(" ")); }\n}\n',
    });
    const path = join(project, 'src/main/java/shop/orders/Orders.java');
    const file = { ...unit('Orders.total(s)', path), root: project };
    expect(
      await verdicts('java', file, doc, [
        text('return s.isEmpty() ? 0 : s.split(" ").length;'),
        text('return s.length();'),
        text('if (s.isEmpty()) throw new IllegalStateException("empty"); return s.split(" ").length;'),
        text('while (s != null && s.isEmpty()) {} return s == null ? 0 : s.split(" ").length;'),
        text('return count(s);'),
      ]),
    ).toEqual([
      ['passed', 'passed', 'passed', 'passed', 'passed'],
      ['3', 'passed', 'passed', 'passed', 'passed'],
      ['passed', 'raises IllegalStateException: empty', 'passed', 'passed', 'passed'],
      ['passed', 'does not end', 'passed', '0', 'passed'],
      Array(5).fill(expect.stringContaining('? it cannot be compiled on its own: cannot find symbol')),
    ]);
  });
});
