// Where the parts of a written type begin and end, by its brackets and quotes.
import type { StructuralRules } from '../../core/type-rules.ts';

const opening = '([{<';
const closing = ')]}>';

/** The places of a text outside of brackets and quotes, one by one. */
function* outside(text: string): Generator<number> {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text[at]!;
    if (unit === '"' || unit === "'" || unit === '`') {
      const end = text.indexOf(unit, at + 1);
      if (end < 0) return;
      at = end;
      continue;
    }
    // The head of an arrow closes nothing.
    const isArrow = unit === '>' && text[at - 1] === '=';
    if (!isArrow && closing.includes(unit)) depth--;
    if (depth === 0) yield at;
    if (opening.includes(unit)) depth++;
  }
}

/** Splits where no bracket and no quote is open. */
export function splitAt(text: string, mark: string): string[] {
  const parts: string[] = [];
  let start = 0;
  for (const at of outside(text)) {
    if (at < start || !text.startsWith(mark, at)) continue;
    if (mark === '=' && (text[at + 1] === '>' || text[at + 1] === '=')) continue;
    parts.push(text.slice(start, at));
    start = at + mark.length;
  }
  const last = text.slice(start);
  return last.trim() === '' && (mark === ',' || parts.length === 0) ? parts : [...parts, last];
}

/**
 * What stands in the brackets that are around all of a text.
 * @param isList whether they may hold a list, or nothing.
 */
export function unwrapped(text: string, isList = false): string | undefined {
  if (!text.startsWith('(') || !text.endsWith(')')) return undefined;
  for (const at of outside(text)) if (at > 0 && at < text.length - 1) return undefined;
  const inside = text.slice(1, -1);
  return isList || inside.trim() !== '' ? inside : undefined;
}

/** What follows words by which it is read no differently: `readonly name: string`. */
export function withoutModifiers(text: string, rules: StructuralRules): string {
  const word = rules.modifiers.find(
    (each) => text.startsWith(each) && /^\s+[\w$"'[{]/.test(text.slice(each.length)),
  );
  return word === undefined ? text : withoutModifiers(text.slice(word.length).trimStart(), rules);
}

/** Names of the type parameters behind a name, and where what follows them begins. */
export function typeParametersIn(
  signature: string,
  name: string,
  rules: StructuralRules,
): { readonly names: readonly string[]; readonly end: number } {
  const from = name === '' ? 0 : endOfName(signature, name);
  if (from < 0 || signature[from] !== '<') return { names: [], end: Math.max(0, from) };
  let depth = 0;
  for (let at = from; at < signature.length; at++) {
    const unit = signature[at]!;
    if (opening.includes(unit)) depth++;
    else if (closing.includes(unit) && !(unit === '>' && signature[at - 1] === '=') && --depth === 0) {
      const names = splitAt(signature.slice(from + 1, at), ',').map(
        (each) => /^[\w$]+/.exec(withoutModifiers(each.trim(), rules))?.[0] ?? '',
      );
      return { names, end: at + 1 };
    }
  }
  return { names: [], end: from };
}

/** Where what follows a name begins; -1 where the name is not there. Asked for each call: no expression is made for it. */
function endOfName(signature: string, name: string): number {
  for (let at = signature.indexOf(name); at >= 0; at = signature.indexOf(name, at + 1)) {
    if (at > 0 && /[\w$]/.test(signature[at - 1]!)) continue;
    let end = at + name.length;
    while (end < signature.length && signature[end]!.trim() === '') end++;
    return end;
  }
  return -1;
}

/** Members between the brackets of an object's type: ended by `;`, `,` or the line. */
export function memberTexts(inside: string): string[] {
  const parts: string[] = [];
  let start = 0;
  for (const at of outside(inside)) {
    const unit = inside[at]!;
    const isEnd = unit === ';' || unit === ',' || (unit === '\n' && isApart(inside, start, at));
    if (!isEnd) continue;
    parts.push(inside.slice(start, at));
    start = at + 1;
  }
  return [...parts, inside.slice(start)].map((part) => part.trim()).filter((part) => part !== '');
}

/** Whether a line ends a member rather than going on with it. */
const isApart = (text: string, start: number, at: number): boolean =>
  !/[|&:=,(<?]\s*$/.test(text.slice(start, at)) && !/^\s*[|&:=?]/.test(text.slice(at));
