// The README's table of what sandboxes hold says what the tests of escapes go by.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { type Escape, escapes, notHeld } from '../../../server/validation/sandbox/escapes.ts';
import { sandboxNames } from '../../../server/validation/sandbox/index.ts';

it('the README says of each sandbox what it holds and what not', () => {
  const readme = readFileSync(resolve(import.meta.dirname, '../../../README.md'), 'utf8');
  const table = /<!-- escapes -->\n([\s\S]*?)\n<!-- \/escapes -->/.exec(readme)?.[1];
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const expected = [
    row(['what programs may try', ...sandboxNames]),
    row(['---', ...sandboxNames.map(() => '---')]),
    ...Object.entries(escapes).map(([name, title]) =>
      row([
        title,
        ...sandboxNames.map((kind) => (notHeld[kind].includes(name as Escape) ? '**not held**' : 'held')),
      ]),
    ),
  ];
  expect(table).toBe(expected.join('\n'));
});
