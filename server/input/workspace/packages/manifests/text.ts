// A file of values that a manifest is, read with its parser: absent, broken, or its values; and looking into them.
import { parse as parseToml } from 'smol-toml';
import { parse as parseYaml } from 'yaml';

/** `undefined` where the text has syntax errors. */
export type Parsed = { readonly value: unknown } | undefined;

const attempt = (parse: () => unknown): Parsed => {
  try {
    return { value: parse() };
  } catch {
    return undefined; // Both parsers throw for a syntax error, which is an answer here.
  }
};

export const readToml = (text: string): Parsed => attempt(() => parseToml(text));

/** Aliases are limited, so that a file that doubles itself is an error instead of all the memory; tags are no matter. */
export const readYaml = (text: string): Parsed =>
  attempt(() => parseYaml(text, { maxAliasCount: 100, logLevel: 'error' }));

/** A table; the empty one for anything else. */
export const table = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};

export const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];

export const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** What lies under a chain of keys. */
export const under = (value: unknown, ...keys: readonly string[]): unknown =>
  keys.reduce((at: unknown, key) => table(at)[key], value);
