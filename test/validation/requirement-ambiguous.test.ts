// requirement/ambiguous: contradictions and gaps in what is asked of a function, and the fixes that write the answer.
import { beforeAll, describe, expect, test } from 'vitest';
import { applyEdits } from '../../server/core/span.ts';
import type { Syntax } from '../../server/input/syntax/index.ts';
import { asMarks, checkFile, loadSyntax, readMarks } from './kit.ts';

let syntax: Syntax;
beforeAll(async () => {
  syntax = await loadSyntax('python', 'javascript', 'typescript', 'go', 'rust', 'java');
});

const ambiguous = (path: string, text: string) =>
  checkFile(syntax, path, text).findings.filter(({ check }) => check === 'requirement/ambiguous');

const cases: Record<string, [path: string, marked: string]> = {
  'an example without an argument that must be there': [
    'a.py',
    `
def clamp(value: int, low: int, high: int = 9) -> int:
    """Limit value to low and high.

    >>> clamp(5, 3)
    3
    >>> clamp(5)
        ^^^^^^^^ requirement/ambiguous
    3
    """
    return max(low, min(value, high))
`,
  ],
  'too many arguments, and a keyword that is none': [
    'a.py',
    `
def area(width, height):
    """area(1, 2, 3) == 6
       ^^^^^^^^^^^^^ requirement/ambiguous

    area(1, hight=2) == 2
    ^^^^^^^^^^^^^^^^ requirement/ambiguous
    """
    return width * height
`,
  ],
  'a literal that the written type does not admit': [
    'a.ts',
    `
/** repeat("a", "3") => "aaa" */
    ^^^^^^^^^^^^^^^^ requirement/ambiguous
export function repeat(text: string, count: number): string {
  return text.repeat(count);
}
`,
  ],
  'a result of another type than is written': [
    'a.py',
    `
def count(text: str) -> int:
    """count("a") returns "1"."""
       ^^^^^^^^^^ requirement/ambiguous
    return len(text)
`,
  ],
  'two results for the same call': [
    'a.py',
    `
def twice(n: int) -> int:
    """
    twice(1) == 2
    twice( 1 ) == 3
    ^^^^^^^^^^ requirement/ambiguous
    """
    return 2 * n
`,
  ],
  'an example that calls a misspelt name': [
    'a.py',
    `
def normalize(text):
    """
    >>> normalise("A")
        ^^^^^^^^^ requirement/ambiguous
    'a'
    """
    return text.lower()
`,
  ],
  'a parameter that does not exist': [
    'a.js',
    `
/**
 * Adds.
 * @param {number} first the one
 * @param {number} secnod the other
                   ^^^^^^ requirement/ambiguous
 */
export function add(first, second) {
  return first + second;
}
`,
  ],
  'a result that the signature rules out': [
    'a.py',
    `
def save(path: str) -> None:
    """Save.

    :returns: the number of bytes
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ requirement/ambiguous
    """
    open(path)
`,
  ],
  'of a stub: a parameter of which nothing is said': [
    'a.py',
    `
def shorten(text: str, width: int) -> str:
                       ^^^^^ requirement/ambiguous
    """Cut the text and end it with an ellipsis."""
    raise NotImplementedError
`,
  ],
  'of a stub: words that leave it open': [
    'a.py',
    `
def parse(text: str) -> dict:
    """Parse headers, cookies etc. Errors: TBD."""
                              ^^^^ requirement/ambiguous
                                           ^^^ requirement/ambiguous
    raise NotImplementedError
`,
  ],
  'of a stub: an example about something else': [
    'a.py',
    `
def parse(text: str) -> dict:
    """Parse.

    read_all("x") => {"x": 1}
    ^^^^^^^^ requirement/ambiguous
    """
    raise NotImplementedError
`,
  ],
  'what is written already may leave out and be vague': [
    'a.py',
    `
def shorten(text: str, width: int) -> str:
    """Cut the text somehow, etc."""
    return text[:width]
`,
  ],
  'what others implement is no stub': [
    'a.py',
    `
class Base(ABC):
    @abstractmethod
    def read(self, size, offset):
        """Read from the source."""
        raise NotImplementedError
`,
  ],
  'methods, spreads, keywords for all the rest, prose that only looks like a call': [
    'a.py',
    `
class Cache:
    def get(self, key, default=None):
        """Get it, as cache.get(key) or Cache.get(cache, "a") == 1 would.

        >>> cache.get("a", default=1)
        1
        """
        return default


def call(function, *args, **options):
    """call(f, 1, 2, x=3) == 6, call(*everything) returns 0

    Args:
        function: what is called
        timeout: one of the options
    """
    return function(*args)


def get(url, params=None):
    """Get. See requests.get(url, params, more) for how get() works with get(url)."""
    return url
`,
  ],
  'a mutable state behind a session': [
    'a.py',
    `
def pop(stack):
    """
    >>> pop(s)
    2
    >>> pop(s)
    1
    """
    return stack.pop()
`,
  ],
};

describe('findings', () => {
  test.each(Object.entries(cases))('%s', (_, [path, marked]) => {
    const { text, marks } = readMarks(marked);
    expect(asMarks(text, ambiguous(path, text))).toEqual(marks);
  });

  test('they are hints', () => {
    const found = ambiguous('a.py', readMarks(cases['a parameter that does not exist']![1]).text);
    for (const { severity } of found) expect(severity).toBe('hint');
  });
});

/** The file after the first fix of each finding. */
function fixed(path: string, text: string): string {
  const edits = ambiguous(path, text).flatMap(({ fixes }) => fixes[0]?.edits[0]?.edits ?? []);
  return applyEdits(text, edits);
}

const stub = (doc: string) =>
  `def cut(text: str, width: int, mark: str = "…") -> str:\n    ${doc}\n    raise NotImplementedError\n`;

describe('quick fixes write the answer into the comment, in its style', () => {
  test.for<[style: string, path: string, before: string, after: string]>([
    [
      'sections',
      'a.py',
      stub(
        '"""Cut it.\n\n    Args:\n        text: what is cut\n            and more\n        mark: the end\n\n    Returns:\n        It.\n    """',
      ),
      stub(
        '"""Cut it.\n\n    Args:\n        text: what is cut\n            and more\n        width: the width.\n        mark: the end\n\n    Returns:\n        It.\n    """',
      ),
    ],
    [
      'underlined headings',
      'a.py',
      stub(
        '"""Cut it.\n\n    Parameters\n    ----------\n    text : str\n        What is cut.\n    mark : str\n        The end.\n    """',
      ),
      stub(
        '"""Cut it.\n\n    Parameters\n    ----------\n    text : str\n        What is cut.\n    width : int\n        the width.\n    mark : str\n        The end.\n    """',
      ),
    ],
    [
      'fields',
      'a.py',
      stub('"""Cut it.\n\n    :param width: columns\n    :param mark: the end\n    """'),
      stub(
        '"""Cut it.\n\n    :param text: the text.\n    :param width: columns\n    :param mark: the end\n    """',
      ),
    ],
    [
      'tags with types',
      'a.js',
      '/**\n * Cut it.\n * @param {string} text - what is cut\n */\nfunction cut(text, columnWidth) {\n  throw new Error("not implemented");\n}\n',
      '/**\n * Cut it.\n * @param {string} text - what is cut\n * @param columnWidth - the column width.\n */\nfunction cut(text, columnWidth) {\n  throw new Error("not implemented");\n}\n',
    ],
    [
      'a docstring of one line gets the section that is usual for it',
      'a.py',
      stub('"""Cut the text, end it with the mark."""'),
      stub('"""Cut the text, end it with the mark.\n\n    Args:\n        width: the width.\n    """'),
    ],
    [
      'a block comment of one line gets a tag',
      'A.java',
      'class A {\n    /** Cut the text. */\n    static String cut(String text, int width) {\n        throw new UnsupportedOperationException("not implemented");\n    }\n}\n',
      'class A {\n    /** Cut the text.\n     *\n     * @param width the width.\n     */\n    static String cut(String text, int width) {\n        throw new UnsupportedOperationException("not implemented");\n    }\n}\n',
    ],
    [
      'prose before a declaration gets a sentence',
      'a.go',
      'package a\n\n// Cut shortens the text.\nfunc Cut(text string, width int) string {\n\tpanic("not implemented")\n}\n',
      'package a\n\n// Cut shortens the text.\n// width is the width.\nfunc Cut(text string, width int) string {\n\tpanic("not implemented")\n}\n',
    ],
    [
      'lines of three slashes get a list',
      'a.rs',
      '/// Cuts the text.\nfn cut(text: &str, width: usize) -> String {\n    todo!()\n}\n',
      '/// Cuts the text.\n///\n/// * `width` - the width.\nfn cut(text: &str, width: usize) -> String {\n    todo!()\n}\n',
    ],
    [
      'a wrong name is replaced',
      'a.py',
      'def cut(text, width):\n    """Cut.\n\n    :param text: what\n    :param widht: columns\n    """\n    return text[:width]\n',
      'def cut(text, width):\n    """Cut.\n\n    :param text: what\n    :param width: columns\n    """\n    return text[:width]\n',
    ],
  ])('%s', ([, path, before, after]) => {
    expect(fixed(path, before)).toBe(after);
    // What was written answers the question.
    expect(ambiguous(path, after)).toEqual([]);
  });
});
