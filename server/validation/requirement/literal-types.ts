// What a literal is and what a written type admits, as far as both are plain: a text where a number is asked for.

type Kind = 'text' | 'integer' | 'fraction' | 'truth';

/** Names of plain types in the usual languages, by what literals they take. */
const rows: readonly (readonly [names: RegExp, takes: readonly Kind[]])[] = [
  [/^(?:str|string|String|&(?:'static )?str|std::string)$/, ['text']],
  [
    /^(?:int|integer|Integer|long|Long|short|byte|u?int(?:8|16|32|64)?|[iu](?:8|16|32|64|128|size)|bigint)$/,
    ['integer', 'truth'],
  ],
  [
    /^(?:float|double|Float|Double|number|f32|f64|float32|float64|Decimal|complex)$/,
    ['integer', 'fraction', 'truth'],
  ],
  [/^(?:bool|boolean|Boolean)$/, ['truth', 'integer']],
];

const nothing = /^(?:None|null|undefined|nil|NoneType|void|\(\))$/;

function literalKind(text: string): Kind | undefined {
  if (/^[-+]?\d[\d_]*(?:[iu](?:8|16|32|64|128|size)|[lLn])?$/.test(text)) return 'integer';
  if (/^[-+]?(?:\d[\d_]*)?\.\d+(?:e[-+]?\d+)?$|^[-+]?\d[\d_]*\.\d*$/i.test(text)) return 'fraction';
  if (/^(?:true|false)$/i.test(text)) return 'truth';
  // One character in single quotes is a character, which many languages take for a number.
  if (/^"(?:\\.|[^"\\])*"$/.test(text) || /^'(?:\\.|[^'\\]){2,}'$/.test(text)) return 'text';
  return undefined;
}

/** What a type admits; `undefined` for one that is not plain throughout. */
function admitted(type: string): readonly Kind[] | undefined {
  const optional = /^(?:typing\.)?Optional\[(.*)\]$/.exec(type.trim());
  const all: Kind[] = [];
  for (const part of (optional?.[1] ?? type).split('|').map((one) => one.trim())) {
    if (nothing.test(part)) continue;
    const row = rows.find(([names]) => names.test(part));
    if (!row) return undefined;
    all.push(...row[1]);
  }
  return all.length > 0 ? all : undefined;
}

/** Whether a literal cannot be a value of the type. Where either is not plain: no. */
export function contradicts(literal: string, type: string): boolean {
  const kind = literalKind(literal.trim());
  const takes = kind && admitted(type);
  return takes !== undefined && !takes.includes(kind!);
}

/** Whether a function of that result type returns nothing. */
export const isNothing = (type: string): boolean =>
  nothing.test(type.trim().replace(/^(?:Promise|Awaitable|Future|Task)\s*[<[]\s*(.*?)\s*[>\]]$/, '$1'));
