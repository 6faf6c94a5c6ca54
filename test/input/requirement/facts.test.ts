// What a task asks for, gathered: from its comments, from the documents they refer to, from tests that name it.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { readConstraints } from '../../../server/core/constraints.ts';
import { detachedRun } from '../../../server/core/run.ts';
import type { RequirementFacts } from '../../../server/core/task.ts';
import { gatherFacts, requirementsAt } from '../../../server/input/requirement/index.ts';
import { createSyntax, type Syntax } from '../../../server/input/syntax/index.ts';
import { createProject } from '../../../server/input/workspace/project.ts';
import type { WorkspaceIndex } from '../../../server/input/workspace/workspace-index.ts';
import { takeCursor } from '../../kit/archive.ts';

const run = detachedRun(() => undefined);
let syntax: Syntax;
beforeAll(async () => {
  syntax = await createSyntax({ log: () => undefined });
  await syntax.load('python');
});

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

const specification = `# Orders

## REQ-12: Refunds

A refund is never larger than the charge.

### Rounding

Cents are cut off.

## REQ-13 Something else

Not this.

## Open points

- #7: ask before a refund above 100
  and write it down
- #8: other
`;

/** The facts of the first thing to implement at the cursor, in a project of these files. */
async function facts(
  files: Readonly<Record<string, string>>,
  {
    exclude = [],
    index,
    prepare,
  }: { exclude?: string[]; index?: WorkspaceIndex; prepare?: (folder: string) => void } = {},
): Promise<RequirementFacts & { folder: string }> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'vouch-requirement-')));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), takeCursor(text).text);
  }
  prepare?.(folder);
  const [name, marked] = Object.entries(files).find(([, text]) => text.includes('$0'))!;
  const { text, offset } = takeCursor(marked);
  const path = join(folder, name);
  const language = syntax.languageFor(path)!;
  const file = syntax.parse(language.id, text)!;
  const snapshot = { uri: `file://${path}`, path, languageId: language.id, version: 1, text };
  const span = { start: offset, end: offset };
  const [requirement] = requirementsAt(run, { snapshot, file, language, span, diagnostics: [] });
  const project = createProject({
    log: run.log,
    syntax,
    folders: [{ path: folder, exclude }],
    openText: () => undefined,
  });
  const gathered = await gatherFacts(
    run,
    { snapshot, facts: file.facts, project, ...(index && { index }) },
    requirement!,
  );
  file.release();
  return { ...gathered, folder };
}

const asking = (words: string): string => `def refund(amount: int) -> int:
    """Refund an amount.

    ${words}

    >>> refund(10)
    10
    """
    $0raise NotImplementedError
`;

describe('in the comments', () => {
  test('signature, prose, examples and demands', async () => {
    const found = await facts({ 'shop.py': asking('Must not use the network, in O(1).') });
    expect(found.signature).toBe('def refund(amount: int) -> int:');
    expect(found.prose).toContain('Refund an amount.');
    expect(found.examples.map(({ code, expected }) => [code, expected])).toEqual([['refund(10)', '10']]);
    expect(found.constraints.map(({ kind, bound }) => [kind, bound])).toEqual([
      ['no-network', undefined],
      ['time', 'O(1)'],
    ]);
  });
});

describe('in requirements documents', () => {
  const labels = ({ references }: RequirementFacts) =>
    references.map(({ label, text }) => [label, text.split('\n')[0]]);

  test('by an identifier in a heading, with what is below it', async () => {
    const found = await facts({ 'REQUIREMENTS.md': specification, 'shop.py': asking('See REQ-12.') });
    expect(found.references).toMatchObject([
      {
        label: 'REQ-12',
        text: '## REQ-12: Refunds\n\nA refund is never larger than the charge.\n\n### Rounding\n\nCents are cut off.',
      },
    ]);
  });

  test('by a number in a list', async () => {
    const found = await facts({ 'docs/open.md': specification, 'shop.py': asking('Settles #7.') });
    expect(found.references.map(({ text }) => text)).toEqual([
      '- #7: ask before a refund above 100\n  and write it down',
    ]);
  });

  test('by path and heading, relative to the file or the project', async () => {
    const found = await facts({
      'docs/orders.md': specification,
      'shop/refunds.py': asking('As docs/orders.md#rounding and orders.md#open-points say.'),
    });
    expect(labels(found)).toEqual([
      ['docs/orders.md#rounding', '### Rounding'],
      ['orders.md#open-points', '## Open points'],
    ]);
  });

  test('an identifier that stands nowhere, or only in passing, leads nowhere', async () => {
    const found = await facts({
      'REQUIREMENTS.md': `${specification}\nWe once spoke of REQ-99.\n`,
      'shop.py': asking('See REQ-99, UTF-8 and #4711.'),
    });
    expect(found.references).toEqual([]);
  });

  test('a section is cut to a bound', async () => {
    const long = `# REQ-1\n\n${'word '.repeat(20).trim()}\n`.concat('a line of it\n'.repeat(1_000));
    const found = await facts({ 'TODO.md': long, 'shop.py': asking('REQ-1') });
    expect(found.references[0]!.text.length).toBeLessThanOrEqual(2_000);
    expect(found.references[0]!.text.endsWith('a line of it')).toBe(true);
  });

  test('files that are excluded, ignored, outside, or behind a link that leads there are never read', async () => {
    const outside = realpathSync(mkdtempSync(join(tmpdir(), 'vouch-outside-')));
    folders.push(outside);
    writeFileSync(join(outside, 'secret.md'), '# REQ-12\n');
    const found = await facts(
      {
        'docs/private.md': specification,
        'docs/ignored.md': specification,
        '.gitignore': 'docs/ignored.md\n',
        'shop.py': asking(
          'REQ-12, docs/private.md#open-points, docs/linked.md, ../x.md, docs/ignored.md, away/secret.md',
        ),
      },
      {
        exclude: ['docs/private.md'],
        prepare: (folder) => {
          symlinkSync(join(folder, 'docs/private.md'), join(folder, 'docs/linked.md'));
          symlinkSync(outside, join(folder, 'away'));
        },
      },
    );
    expect(found.references).toEqual([]);
  });
});

describe('in tests', () => {
  const text = 'def test_refund():\n    assert refund(1) == 1\n\n\ndef test_other():\n    pass\n';
  const indexOf = (path: string): WorkspaceIndex =>
    ({
      testsOf: async (_: unknown, name: string) =>
        name === 'refund'
          ? [
              {
                path,
                name: 'test_refund',
                kind: 'function',
                span: { start: 0, end: 44 },
                signature: '',
                containers: [],
              },
            ]
          : [],
    }) as unknown as WorkspaceIndex;

  test('those that name the subject, with their text', async () => {
    let path = '';
    const index = {
      testsOf: (...asked: Parameters<WorkspaceIndex['testsOf']>) => indexOf(path).testsOf(...asked),
    } as WorkspaceIndex;
    const found = await facts(
      { 'tests/test_shop.py': text, 'shop.py': asking('Soon.') },
      {
        index,
        prepare: (folder) => {
          path = join(folder, 'tests/test_shop.py');
        },
      },
    );
    expect(found.tests).toMatchObject([{ name: 'test_refund', text: text.slice(0, 44) }]);
  });
});

describe('demands', () => {
  test.each([
    ['Must not use the network.', ['no-network']],
    ['Works without any third-party packages and without recursion.', ['no-dependencies', 'no-recursion']],
    ['Runs in O(n log n) time with O(1) extra space.', ['time', 'space']],
    ['Thread-safe; do not modify the input.', ['no-mutation', 'thread-safe']],
    ['A pure function.', ['pure']],
    ['Sorts in place, idempotent.', ['in-place', 'idempotent']],
    ['Use only the standard library, no regex.', ['no-dependencies', 'no-regex']],
    ['This is not thread-safe and not pure.', []],
    ['Opens a socket and reads the network. Modifies the input list.', []],
    ['Pure luck; a network of stable friends; the input is not None.', []],
  ])('%s', (words, kinds) => {
    expect(readConstraints(words).map(({ kind }) => kind)).toEqual(kinds);
  });
});
