// When a stream is closed because enough has come.
import { describe, expect, test } from 'vitest';
import { createEarlyStop, type EarlyStopContext } from '../../../server/development/polish/early-stop.ts';

const python = {
  id: 'python',
  name: 'Python',
  aliases: [],
  extensions: ['.py'],
  comment: { line: '#' },
  indented: true,
  indent: '    ',
};

const place: EarlyStopContext = {
  before: 'def f(a):\n    ',
  after: '\n\n\ndef following_function():\n    return 1\n',
  multiline: true,
  chat: false,
  language: python,
};

/** The text at which the stream is stopped, fed a character at a time; `undefined` when it never is. */
function stopsAt(text: string, context: Partial<EarlyStopContext> = {}): string | undefined {
  const enough = createEarlyStop({ ...place, ...context });
  for (let end = 1; end <= text.length; end++) if (enough(text.slice(0, end))) return text.slice(0, end);
  return undefined;
}

describe('fill in the middle', () => {
  test('goes on while the text is inside of its scope', () => {
    expect(stopsAt('x = a\n    if x:\n        return 1\n    return 2\n')).toBeUndefined();
  });

  test('stops when the scope is left', () => {
    expect(stopsAt('return a\n\n\nclass B:\n    pass\n')).toBe('return a\n\n\nclass B:\n');
    const braces = { before: 'function f() {\n  ', after: '\n}\n', language: undefined };
    expect(stopsAt('g();\n}\n\nfunction h() {\n', braces)).toBe('g();\n}\n');
  });

  test('stops when what stands below is repeated', () => {
    const below = { after: '\n    last_step = compute(a)\n    return last_step\n' };
    expect(stopsAt('first = a\n    last_step = compute(a)\n    return last_step\n    more\n', below)).toBe(
      'first = a\n    last_step = compute(a)\n    return last_step\n',
    );
  });

  test('stops in a loop', () => {
    expect(stopsAt('    step_again()\n'.repeat(50))!.length).toBeLessThan(150);
  });

  test('stops after one line where one is wanted, and after many in any case', () => {
    expect(stopsAt('return a\n    more\n', { multiline: false })).toBe('return a\n');
    const long = Array.from({ length: 100 }, (_, index) => `    x${index} = ${index * index}\n`).join('');
    expect(stopsAt(long, { maximumLines: 10 })!.split('\n').length).toBeLessThan(14);
  });

  test('does not take an empty first line for the line that was wanted', () => {
    expect(stopsAt('\n    return a\n    more\n', { multiline: false })).toBe('\n    return a\n');
  });
});

describe('chat', () => {
  const chat = { chat: true };

  test('stops when the fence is closed', () => {
    expect(stopsAt('Here it is:\n\n```python\nreturn a\n```\n\nThis returns a.\n', chat)).toBe(
      'Here it is:\n\n```python\nreturn a\n```\n',
    );
  });

  test('passes over a block in another language, and blocks inside of the block', () => {
    const install = 'First:\n\n```bash\npip install x\n```\n\nThen:\n\n';
    const documented = '```python\n"""\n```python\nf(1)\n```\n"""\nreturn a\n```\n';
    expect(stopsAt(`${install}${documented}\nDone.\n`, chat)).toBe(install + documented);
  });

  test('does not stop in thoughts, in prose, or at a margin of its own', () => {
    expect(stopsAt('<think>\nreturn\nreturn\nreturn\nreturn\nreturn\n', chat)).toBeUndefined();
    expect(stopsAt('Here is what you have asked me for:\n', { ...chat, multiline: false })).toBeUndefined();
    expect(stopsAt('```python\nx = a\nreturn x\n', chat)).toBeUndefined();
  });

  test('stops where prose goes round in circles', () => {
    expect(stopsAt('The mean of the values is 2.0.\n\n'.repeat(30), chat)).toBeDefined();
  });
});
