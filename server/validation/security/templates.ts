// Texts with gaps, filled by a format: which value stands where. Printf's marks and braces, which most languages share.
import { cleaned, constant, joined, melted, type Value } from './value.ts';

/** `%s`, `%-10d`, `%(name)s`, `%+v`. */
const marks = /%(?:\((\w+)\))?[#0 +-]*(?:\d+|\*)?(?:\.(?:\d+|\*))?(?:[hlLzjt]{0,2})([a-zA-Z%])/g;

/** `{}`, `{0}`, `{name!r}`, `{:>10}`. */
const braces = /\{\{|\}\}|\{([\w.[\]]*)(?:![a-z])?(?::([^{}]*))?\}/g;

/** Conversions that leave nothing but a number. */
const numeric = /[diouxXeEfFgGcCbtp]$/;

export interface Filling {
  readonly placed: readonly Value[];
  readonly named: ReadonlyMap<string, Value>;
}

/** The format with its values in their places; where it cannot be told which goes where, each place has all of them. */
export function filled(format: string, filling: Filling): Value {
  const all = melted(joined([...filling.placed, ...filling.named.values()]));
  const usesBraces = format.search(marks) < 0 && format.search(braces) >= 0;
  const pattern = usesBraces ? braces : marks;
  const parts: Value[] = [];
  let at = 0;
  let next = 0;
  for (const match of format.matchAll(pattern)) {
    parts.push(constant(format.slice(at, match.index)));
    at = match.index + match[0].length;
    if (/^(?:%%|\{\{|\}\})$/.test(match[0])) continue;
    const name = /^\w*/.exec(match[1] ?? '')![0];
    const place = name === '' ? next++ : Number(name);
    const value = filling.named.get(name) ?? filling.placed[place] ?? all;
    const conversion = match[2] ?? '';
    parts.push(numeric.test(conversion) ? cleaned(value, ['*']) : value);
  }
  if (at === 0) return joined([constant(format), all]);
  return joined([...parts, constant(format.slice(at))]);
}
