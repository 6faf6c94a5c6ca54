// One requirement as PEP 508 and requirement files write it: a name, extras, a version, a marker.
import type { Dependency } from '../ecosystem.ts';

const requirement =
  /^\s*([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\s*(?:\[[^\]]*\])?\s*(?:\(\s*)?((?:===|[<>=!~]=?|@)[^;#)]*)?/;

/** `undefined` for what is none: an option, a path, a URL, a comment. */
export function readRequirement(text: string): Dependency | undefined {
  const found = requirement.exec(text);
  if (!found) return undefined;
  const rest = text.slice(found[0].length).trim();
  if (rest !== '' && !/^[;#),]/.test(rest)) return undefined;
  const version = found[2]?.trim();
  if (version?.startsWith('@')) return { name: found[1]! };
  return { name: found[1]!, ...(version && { version }) };
}

/** PEP 503: names that differ in case and in kind and number of separators are the same. */
export const normaliseName = (name: string): string => name.toLowerCase().replace(/[-_.]+/g, '-');
