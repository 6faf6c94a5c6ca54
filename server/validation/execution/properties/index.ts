// What holds whatever the right answer is: at inputs that a library of the project makes of a function's written types it raises no
// error that only a mistake raises, gives what it says that it gives, the same each time, and leaves its arguments alone.
import type { ExecutionUnit } from '../../../core/execution-unit.ts';
import type { Language } from '../../../core/language.ts';
import type { Run } from '../../../core/run.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { ask } from '../ask.ts';
import { propertyExamples } from '../limits.ts';
import type { HarnessOutcome, Property } from '../protocol.ts';
import { findToolchain } from '../toolchain.ts';
import { findLibrary } from './library.ts';
import { questionsOf } from './questions.ts';

/** What became of one property of one function. */
export type PropertyResult = { readonly property: Property } & (
  | { readonly outcome: 'held'; readonly tool: string }
  /** `told`: "`first([])` raises IndexError: …", of the smallest input that was found. */
  | { readonly outcome: 'broken'; readonly tool: string; readonly told: string }
  | { readonly outcome: 'not-run'; readonly why: string }
);

/** One row a candidate, in it one a function; or why nothing can be checked, where there would be something to check. */
export type CheckedProperties =
  | { readonly rows: readonly (readonly (readonly PropertyResult[])[])[] }
  | { readonly cannot: string };

/** Whether types are written that inputs can be made of. */
const isCheckable = (language: Language, unit: ExecutionUnit): boolean =>
  language.execution?.properties !== undefined && questionsOf(language, unit, '').length > 0;

/** Whether there are types to make inputs of, and a library that does. Starts nothing. */
export async function canCheckProperties(language: Language, unit: ExecutionUnit): Promise<boolean> {
  return isCheckable(language, unit) && (await libraryFor(language, unit)) !== undefined;
}

async function libraryFor({ execution }: Language, unit: ExecutionUnit): Promise<string | undefined> {
  const toolchain = execution && (await findToolchain(execution, unit));
  return execution?.properties && toolchain && findLibrary(execution.properties, toolchain.program, unit);
}

/**
 * Checks functions of one file in one go.
 * @param candidates whole texts of the file.
 * @throws the abort reason when the run ends; Error when the sandbox cannot make a place to run in.
 */
export async function checkProperties(
  run: Run,
  sandbox: () => Promise<Sandbox>,
  language: Language,
  units: readonly ExecutionUnit[],
  candidates: readonly string[],
): Promise<CheckedProperties> {
  const rules = language.execution?.properties;
  const questions = units.map((unit) => (rules ? questionsOf(language, unit, candidates[0] ?? '') : []));
  const [first] = units;
  const nothing = { rows: candidates.map(() => units.map(() => [])) };
  if (!rules || !first || questions.every((own) => own.length === 0)) return nothing;
  const library = await libraryFor(language, first);
  if (library === undefined) return { cannot: `${rules.library} is not installed in this project` };
  const place = await sandbox();
  // Whoever deletes what a path names is called with any text: nothing but a closed place may hold that.
  if (place.isolation !== 'closed') return { cannot: 'no sandbox here closes in what made inputs may do' };
  const asked = await ask(run, place, language, first, candidates, questions.flat(), {
    harness: rules.harness,
    library,
    examples: propertyExamples,
    defects: rules.defects,
    allowed: units.flatMap(documented),
  });
  if ('cannot' in asked) return asked;
  return {
    rows: asked.rows.map((row) => {
      let next = 0;
      return questions.map((own) => own.map(({ property }) => resultOf(property, row[next++]!)));
    }),
  };
}

/** Errors that a comment names are meant. */
const documented = ({ comment = '' }: ExecutionUnit): readonly string[] =>
  comment.match(/\b\w+(?:Error|Exception)\b/g) ?? [];

function resultOf(property: Property, outcome: HarnessOutcome): PropertyResult {
  switch (outcome.kind) {
    case 'passed':
      return { property, outcome: 'held', tool: outcome.tool ?? '' };
    case 'failed':
      // Another failure is one of the candidate as a whole, which says nothing of a property.
      return outcome.call === undefined
        ? { property, outcome: 'not-run', why: outcome.actual ?? 'it could not be asked' }
        : {
            property,
            outcome: 'broken',
            tool: outcome.tool ?? '',
            told: `\`${outcome.call}\` ${outcome.actual ?? ''}`,
          };
    case 'unclear':
    case 'unloadable':
      return { property, outcome: 'not-run', why: outcome.why };
    case 'timeout':
      return { property, outcome: 'not-run', why: 'it took too long' };
    default:
      return { property, outcome: 'not-run', why: 'it could not be asked' };
  }
}
