// Values of inputs, whatever the language, and how they are read from its literals and written as them.
import { splitList } from '../../../core/examples/call.ts';
import type { ValueRules } from '../../../core/execution-rules.ts';

export type Value =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'boolean'; readonly value: boolean }
  /** `float`: written with a point. */
  | { readonly kind: 'number'; readonly value: number; readonly float: boolean }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'list' | 'tuple' | 'set'; readonly items: readonly Value[] }
  | { readonly kind: 'map'; readonly entries: readonly (readonly [Value, Value])[] };

export const integer = (value: number): Value => ({ kind: 'number', value: Math.trunc(value), float: false });
export const float = (value: number): Value => ({ kind: 'number', value, float: true });
export const text = (value: string): Value => ({ kind: 'text', value });
export const list = (items: readonly Value[]): Value => ({ kind: 'list', items });

/** Values nested deeper are not read: nobody writes them, and hostile text might. */
const deepest = 8;

/** Reads a literal; nothing for any other expression. */
export function readLiteral(rules: ValueRules, source: string, depth = 0): Value | undefined {
  const written = source.trim();
  if (written === '' || depth > deepest) return undefined;
  if (written === rules.true || written === rules.false) {
    return { kind: 'boolean', value: written === rules.true };
  }
  if (written === rules.nothing) return { kind: 'nothing' };
  if (written === rules.emptySet) return { kind: 'set', items: [] };
  if (/^[-+]?(?:\d[\d_]*\.?[\d_]*|\.\d+)(?:e[-+]?\d+)?$/i.test(written)) {
    const value = Number(written.replaceAll('_', ''));
    const isFloat = rules.floats && /[.e]/i.test(written);
    // A whole number that a double cannot hold would come back as another one.
    if (!Number.isFinite(value) || (!isFloat && !Number.isSafeInteger(value))) return undefined;
    return { kind: 'number', value, float: isFloat };
  }
  const quoted = /^(["'])((?:\\.|(?!\1)[^\\\n])*)\1$/s.exec(written);
  if (quoted) return readText(quoted[2]!);
  return readCollection(rules, written, depth);
}

function readCollection(rules: ValueRules, written: string, depth: number): Value | undefined {
  const inside = (brackets: readonly string[] | undefined): string | undefined =>
    brackets && written.startsWith(brackets[0]!) && written.endsWith(brackets[1]!)
      ? written.slice(brackets[0]!.length, -brackets[1]!.length)
      : undefined;
  const inList = inside(rules.list);
  if (inList !== undefined) return collection('list', rules, inList, depth);
  const inTuple = inside(rules.tuple);
  if (inTuple !== undefined) {
    const made = collection('tuple', rules, inTuple, depth);
    // One value in brackets without a comma is that value.
    if (made?.kind === 'tuple' && made.items.length === 1 && !/,\s*$/.test(inTuple)) return made.items[0];
    return made;
  }
  const inMap = inside(rules.map);
  if (inMap === undefined || !rules.map) return undefined;
  const entries: (readonly [Value, Value])[] = [];
  const parts = splitList(inMap);
  for (const part of parts) {
    const at = markOutside(part, rules.map[2]);
    if (at === undefined) return rules.set ? collection('set', rules, inMap, depth) : undefined;
    const key = readLiteral(rules, part.slice(0, at), depth + 1) ?? bareKey(part.slice(0, at));
    const value = readLiteral(rules, part.slice(at + rules.map[2].length), depth + 1);
    if (!key || !value) return undefined;
    entries.push([key, value]);
  }
  return { kind: 'map', entries };
}

const bareKey = (source: string): Value | undefined =>
  /^\s*[A-Za-z_$][\w$]*\s*$/.test(source) ? text(source.trim()) : undefined;

function collection(
  kind: 'list' | 'tuple' | 'set',
  rules: ValueRules,
  inside: string,
  depth: number,
): Value | undefined {
  const items: Value[] = [];
  for (const part of splitList(inside)) {
    const item = readLiteral(rules, part, depth + 1);
    if (!item) return undefined;
    items.push(item);
  }
  return { kind, items };
}

/** Where a mark stands outside of brackets and texts. */
function markOutside(source: string, mark: string): number | undefined {
  let depth = 0;
  for (let at = 0; at < source.length; at++) {
    const unit = source[at]!;
    if (unit === '"' || unit === "'") {
      for (at++; at < source.length && source[at] !== unit; at++) if (source[at] === '\\') at++;
    } else if ('([{'.includes(unit)) depth++;
    else if (')]}'.includes(unit)) depth--;
    else if (depth === 0 && source.startsWith(mark, at)) return at;
  }
  return undefined;
}

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '0': '\0',
  '\\': '\\',
  "'": "'",
  '"': '"',
};

function readText(source: string): Value | undefined {
  // Other escapes mean what each language wants; such a text is left as it is.
  if (/\\(?![ntr0\\'"])/.test(source)) return undefined;
  return text(source.replace(/\\(.)/g, (_, unit: string) => escapes[unit]!));
}

/** Writes a value as a literal; nothing where the language has none for it. */
export function writeLiteral(rules: ValueRules, value: Value): string | undefined {
  switch (value.kind) {
    case 'nothing':
      return rules.nothing;
    case 'boolean':
      return value.value ? rules.true : rules.false;
    case 'number':
      return writeNumber(rules, value.value, value.float);
    case 'text':
      return JSON.stringify(value.value);
    case 'map': {
      if (!rules.map) return undefined;
      const [open, close, mark] = rules.map;
      const entries = value.entries.map(([key, one]) => {
        const [left, right] = [writeLiteral(rules, key), writeLiteral(rules, one)];
        return left === undefined || right === undefined ? undefined : `${left}${mark} ${right}`;
      });
      return entries.includes(undefined) ? undefined : `${open}${entries.join(', ')}${close}`;
    }
    case 'set':
      if (value.items.length === 0) return rules.emptySet;
      return writeItems(rules, rules.set, value.items);
    case 'tuple':
      return writeItems(rules, rules.tuple, value.items, value.items.length === 1 ? ',' : '');
    case 'list':
      return writeItems(rules, rules.list, value.items);
  }
}

function writeItems(
  rules: ValueRules,
  brackets: readonly [string, string] | undefined,
  items: readonly Value[],
  end = '',
): string | undefined {
  if (!brackets) return undefined;
  const written = items.map((item) => writeLiteral(rules, item));
  return written.includes(undefined) ? undefined : `${brackets[0]}${written.join(', ')}${end}${brackets[1]}`;
}

function writeNumber(rules: ValueRules, value: number, isFloat: boolean): string {
  const written = String(value);
  return rules.floats && isFloat && !/[.e]/.test(written) ? `${written}.0` : written;
}
