// The door of the requirement room: what could be asked for at a place, found without a model.
import type { Run } from '../../core/run.ts';
import type { Requirement } from '../../core/task.ts';
import { diagnostic } from './diagnostic.ts';
import { docComment } from './doc-comment.ts';
import { instruction } from './instruction.ts';
import type { Place, Way } from './place.ts';
import { selection } from './selection.ts';
import { stubSignature } from './stub-signature.ts';

export { type FactsQuestion, gatherFacts } from './facts.ts';
export type { Place, PlaceDiagnostic } from './place.ts';
export { type RunnableUnit, unitsIn } from './units.ts';

/** In the order in which a menu shows what they find. */
const ways: readonly (readonly [source: string, way: Way])[] = [
  ['stub-signature', stubSignature],
  ['doc-comment', docComment],
  ['instruction', instruction],
  ['diagnostic', diagnostic],
  ['selection', selection],
];

/** What could be asked for. A way of asking that fails costs one log line; what two find alike is there once. */
export function requirementsAt(run: Run, place: Place): readonly Requirement[] {
  const found = new Map<string, Requirement>();
  for (const [source, way] of ways) {
    try {
      for (const requirement of way(place)) {
        const { kind, target, title } = requirement;
        const key = `${kind} ${target.start} ${target.end} ${kind === 'fix' ? title : ''}`;
        if (!found.has(key)) found.set(key, { ...requirement, source });
      }
    } catch (error) {
      const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
      run.log('error', `requirement/${source} failed: ${reason}`);
    }
  }
  return [...found.values()];
}
