// The files that the tests of all editors open, the answer of their model, and what must come of it.

export const misspelt = 'def total(prices):\n    return sum(pricse)\n';
export const mended = misspelt.replace('pricse', 'prices');

/** Before the fault stand letters that are one, two and four bytes, and one or two units of UTF-16. */
export const beyondAscii = 'def greet(name):\n    print("é 😀 漢", nmae, "é 😀")\n';
export const beyondAsciiMended = beyondAscii.replace('nmae', 'name');

/** The cursor belongs at the end. */
export const repeated = `def register_handler(name, action):
    handlers[name] = action


register_handler("open", open_file)
register_handler("close", close_file)
register_handler("save", save_file)
regi`;

export const stub = `def double(number: int) -> int:
    """Twice the number."""
    ...


print(double(2))
`;
export const written = stub.replace('    ...\n', '    return number * 2\n');
/** Streamed in two pieces, so that something can happen between them. */
export const answer = [
  '```python\ndef double(number: int) -> int:\n    """Twice the number."""\n',
  '    return number * 2\n```',
] as const;

/** The fault of the first, as another language has it. */
export const typedScript = 'export function total(prices: number[]): number {\n  return prcies.length;\n}\n';
export const typedScriptMended = typedScript.replace('prcies', 'prices');
