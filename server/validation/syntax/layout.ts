// Indentation that makes no block, or none that fits: what grammars with an invented token for it mostly let pass.
import type { LayoutRules } from '../../core/language.ts';
import type { Span } from '../../core/span.ts';
import { type LogicalLine, type LoneBracket, logicalLines } from './logical-lines.ts';

export interface LayoutError {
  /** What the line has of code. */
  readonly span: Span;
  readonly message: string;
  /** A line that a block must follow, which it does not: it may only not be written yet. */
  readonly unfinished: boolean;
}

/** How deep a line stands, with tab stops and with a tab as one column. What compares otherwise by the two is undefined. */
interface Level {
  readonly column: number;
  readonly plain: number;
}

/**
 * Lines that are indented more than the line before them allows, or back to no level that there is, or by tabs and spaces
 * that cannot be compared; and lines that a block must follow and none does.
 * The rules are those of Python's tokenizer, `docs.python.org/3/reference/lexical_analysis.html#indentation`.
 * @param strings spans of string literals or their parts, in order.
 * @param comments spans of comments, in order.
 */
export function layoutErrors(
  text: string,
  rules: LayoutRules,
  strings: readonly Span[],
  comments: readonly Span[],
): { errors: readonly LayoutError[]; lone?: LoneBracket } {
  const { lines, lone } = logicalLines(text, rules, strings, comments);
  const errors: LayoutError[] = [];
  let levels: Level[] = [{ column: 0, plain: 0 }];
  // The levels before a line that fitted none: the lines after it mostly stand where they should.
  let right: readonly Level[] | undefined;
  let before: LogicalLine | undefined;

  for (const line of lines) {
    const level = levelOf(text.slice(line.start, line.code.start), rules.tab);
    const opened = before?.opens ? before : undefined;
    before = line;
    if (line.opens && !rules.headers.includes(firstWord(text, line))) {
      errors.push(at(line, 'Nothing in this line can open a block'));
    }
    const top = levels.at(-1)!;
    if (opened && level.column <= top.column) {
      errors.push(withoutBlock(opened));
    }
    const known = levels.findLastIndex(({ column }) => column <= level.column);
    const fits = known >= 0 && levels[known]!.column === level.column;
    const deeper = known === levels.length - 1 && !fits;
    if (disagrees(levels, level)) {
      errors.push(
        at(line, 'Tabs and spaces are mixed so that the depth of this line depends on the width of a tab'),
      );
      return { errors };
    }
    if (fits) levels.length = known + 1;
    else if (deeper && opened) levels.push(level);
    else {
      const back: number = right?.findIndex(({ column }) => column === level.column) ?? -1;
      if (right && back >= 0) {
        levels = right.slice(0, back + 1);
        right = undefined;
      } else {
        errors.push(
          at(
            line,
            deeper
              ? 'This line is indented further than the lines around it, and nothing before it opens a block'
              : 'The indentation of this line fits no block around it',
          ),
        );
        right ??= [...levels];
        levels = [...levels.slice(0, known + 1), level];
      }
    }
  }
  if (lone) return { errors, lone };
  if (before?.opens) errors.push(withoutBlock(before));
  return { errors };
}

const firstWord = (text: string, { code }: LogicalLine): string =>
  /^\w*/.exec(text.slice(code.start, code.end))![0];

const withoutBlock = ({ code }: LogicalLine): LayoutError => ({
  span: code,
  message: 'An indented block is missing after this line',
  unfinished: true,
});

const at = ({ code }: LogicalLine, message: string): LayoutError => ({
  span: code,
  message,
  unfinished: false,
});

function levelOf(indentation: string, tab: number): Level {
  let column = 0;
  let plain = 0;
  for (const character of indentation) {
    // A form feed begins the line anew, and a byte order mark is no column.
    if (character === '\f') column = plain = 0;
    else if (character === '\t') {
      column += tab - (column % tab);
      plain++;
    } else if (character !== '\ufeff') {
      column++;
      plain++;
    }
  }
  return { column, plain };
}

const disagrees = (levels: readonly Level[], level: Level): boolean =>
  levels.some(({ column, plain }) => Math.sign(column - level.column) !== Math.sign(plain - level.plain));
