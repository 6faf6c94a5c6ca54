// Faults that a candidate causes in other files of the project: told at the candidate, with the places where they show.
import { readFile, stat } from 'node:fs/promises';
import { relative } from 'node:path';
import type { Finding, RelatedPlace } from '../../core/finding.ts';
import { keyOf, messageOf } from './compare.ts';
import type { Diagnostic } from './diagnostics.ts';
import type { JudgedChange } from './judge.ts';
import { dependentBytes, faultsTold } from './limits.ts';
import { placesIn } from './positions.ts';

/** What is said of another file. */
export interface Elsewhere {
  readonly path: string;
  readonly diagnostic: Diagnostic;
}

/**
 * One finding a kind of error that other files have with the candidate and do not have without. Their texts are the same
 * both times, so that equal errors stand at equal places.
 */
export async function faultsElsewhere(
  tool: string,
  root: string,
  change: JudgedChange,
  before: readonly Elsewhere[],
  after: readonly Elsewhere[],
): Promise<Finding[]> {
  const old = new Set(before.map(placeKey));
  const kinds = new Map<string, Elsewhere[]>();
  for (const one of after) {
    if (one.diagnostic.severity !== 'error' || old.has(placeKey(one))) continue;
    const kind = keyOf(one.diagnostic);
    kinds.set(kind, [...(kinds.get(kind) ?? []), one]);
  }
  const findings: Finding[] = [];
  for (const places of [...kinds.values()].slice(0, faultsTold)) {
    const [{ path, diagnostic }] = places as [Elsewhere];
    const place = `\`${relative(root, path)}:${diagnostic.range.start.line + 1}\``;
    const others = places.length - 1;
    const more = others === 0 ? '' : ` and ${others} ${others === 1 ? 'place' : 'places'} more`;
    findings.push({
      check: `types/${tool}`,
      severity: 'error',
      path: change.path,
      span: firstLine(change),
      message: `Breaks ${place}${more}: ${messageOf(diagnostic)}`,
      fixes: [],
      related: await Promise.all(places.slice(0, faultsTold).map((one) => relatedPlace(change, one))),
    });
  }
  return findings;
}

const placeKey = ({ path, diagnostic }: Elsewhere): string =>
  `${path} ${diagnostic.range.start.line}:${diagnostic.range.start.character} ${keyOf(diagnostic)}`;

/** The candidate's first line with something on it: what it declares is named there. */
function firstLine({ spans, after }: JudgedChange): Finding['span'] {
  const { start, end } = spans[0] ?? { start: 0, end: after.length };
  const from = start + Math.max(0, after.slice(start, end).search(/\S/));
  return { start: from, end: Math.min(end, from + placesIn(after).lineWidth(from)) };
}

async function relatedPlace(change: JudgedChange, { path, diagnostic }: Elsewhere): Promise<RelatedPlace> {
  const { start, end } = diagnostic.range;
  const lines = ((await textOf(change, path)) ?? '').split(/\r?\n/);
  const text = lines[start.line] ?? '';
  const from = Math.min(start.character, text.length);
  // Compilers name where it begins; what goes on further is shown to the end of its line.
  const ends = end.line === start.line && end.character > from;
  const to = ends ? Math.min(end.character, text.length) : text.length;
  return { path, line: start.line, text, span: { start: from, end: to }, message: messageOf(diagnostic) };
}

/** A file as it is in the editor, else as it is on disk; `undefined` where there is none of a size that code has. */
export async function textOf({ unsaved = [] }: JudgedChange, path: string): Promise<string | undefined> {
  const open = unsaved.find((one) => one.path === path);
  if (open) return open.text;
  try {
    const facts = await stat(path);
    return facts.isFile() && facts.size <= dependentBytes ? await readFile(path, 'utf8') : undefined;
  } catch {
    return undefined; // It is gone since it was found: then nothing depends on it.
  }
}
