// Puts questions to candidates: one workplace, one start of the program, and a table of outcomes.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import type { ExecutionRules } from '../../core/execution-rules.ts';
import type { ExecutionUnit } from '../../core/execution-unit.ts';
import type { Language } from '../../core/language.ts';
import type { Run } from '../../core/run.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { askCompiled } from './compiled/index.ts';
import { findEmbedded, pagesOf, rightsOf } from './embedded.ts';
import {
  batchMilliseconds,
  batchOutput,
  batchProcesses,
  type HarnessLimits,
  harnessLimits,
  inputLimits,
  propertyLimits,
} from './limits.ts';
import {
  type CompiledQuestion,
  type HarnessOutcome,
  type HarnessRequest,
  newMark,
  type PropertyRequest,
  type Question,
  readAnswers,
} from './protocol.ts';
import { findToolchain, type Toolchain } from './toolchain.ts';

/** One row a candidate, one outcome a question; or why nothing can be run here. */
export type Asked = { readonly rows: readonly (readonly HarnessOutcome[])[] } | { readonly cannot: string };

/** Folder of the harness in the workplace. */
const harnessFolder = '.vouch-harness';

/**
 * Asks every candidate every question. Candidates with the same text are run once.
 * @param candidates whole texts of the unit's file.
 * @throws the abort reason when the run ends; Error when the sandbox cannot make a place to run in.
 */
export async function ask(
  run: Run,
  sandbox: Sandbox,
  language: Language,
  unit: ExecutionUnit,
  candidates: readonly string[],
  questions: readonly Question[],
  properties?: PropertyRequest,
): Promise<Asked> {
  const rules = language.execution;
  if (!rules) return { cannot: `vouch does not run ${language.name}` };
  if (candidates.length === 0 || questions.length === 0) return { rows: candidates.map(() => []) };
  const distinct = [...new Set(candidates)];
  const toolchain = await findToolchain(rules, unit);
  const starter = (await embeddedStarter(sandbox, rules, unit, distinct, toolchain)) ?? toolchain;
  if (!starter) return { cannot: whyNothing(language.name, rules) };
  const { build, harness, environment } = rules;
  let asked: Asked;
  if (!build)
    asked = await askInterpreted(run, sandbox, rules, starter, unit, distinct, questions, properties);
  else if (areCompiled(questions)) {
    const command = { ...starter, rules: build, harness, environment };
    asked = await askCompiled(run, sandbox, command, unit, distinct, questions);
  } else return { cannot: `no library makes inputs for ${language.name}` };
  if ('cannot' in asked) return asked;
  const rowOf = new Map(distinct.map((text, index) => [text, asked.rows[index]!]));
  return { rows: candidates.map((text) => rowOf.get(text)!) };
}

const areCompiled = (questions: readonly Question[]): questions is readonly CompiledQuestion[] =>
  questions.every(({ kind }) => kind !== 'property');

const whyNothing = (name: string, { programs, embedded }: ExecutionRules): string => {
  const instead = embedded ? `; the package ${embedded.package} can be installed instead` : '';
  return `no program that runs ${name} was found (${programs.at(-1)}${instead})`;
};

/** A program that runs the harness, or has an interpreter run it. */
interface Starter extends Toolchain {
  readonly embedded?: { readonly host: string; readonly module: string };
}

/** An embedded interpreter, where nothing else is there or closes code in, and the file stands alone. */
async function embeddedStarter(
  sandbox: Sandbox,
  rules: ExecutionRules,
  unit: ExecutionUnit,
  candidates: readonly string[],
  toolchain: Toolchain | undefined,
): Promise<Starter | undefined> {
  if (!rules.embedded || (toolchain && sandbox.isolation === 'closed')) return undefined;
  const { root, path } = unit;
  if (root !== undefined && candidates.some((text) => needsProject(rules, path, root, text)))
    return undefined;
  const found = findEmbedded(rules.embedded);
  const { host } = rules.embedded;
  return (
    found && { program: process.execPath, readable: found.readable, embedded: { host, module: found.module } }
  );
}

async function askInterpreted(
  run: Run,
  sandbox: Sandbox,
  rules: ExecutionRules,
  { program, readable, embedded }: Starter,
  unit: ExecutionUnit,
  distinct: readonly string[],
  questions: readonly Question[],
  properties: PropertyRequest | undefined,
): Promise<Asked> {
  const needed = rules.needs && neededModule(rules.needs, unit);
  const { root } = unit;
  const project = root !== undefined && distinct.some((text) => needsProject(rules, unit.path, root, text));
  await using place = await sandbox.open(run, {
    ...(project && { project: unit.root }),
    files: Object.fromEntries(
      await Promise.all(
        [
          rules.harness,
          ...(embedded ? [embedded.host] : []),
          ...(properties ? [properties.harness] : []),
        ].map(async (path) => [join(harnessFolder, basename(path)), await readFile(path, 'utf8')]),
      ),
    ),
    readable: [
      ...readable,
      ...(needed === undefined ? [] : [modulesFolder(needed)]),
      // It needs others that lie beside it.
      ...(properties ? [dirname(properties.library)] : []),
    ],
  });
  const mark = newMark();
  const request: HarnessRequest = {
    mark,
    path: join(place.root, project ? relative(unit.root!, unit.path) : basename(unit.path)),
    root: place.root,
    project,
    name: unit.name,
    ...(unit.owner !== undefined && { owner: unit.owner }),
    candidates: distinct,
    questions,
    limits: limitsFor(questions),
    ...(needed !== undefined && { needs: needed }),
    ...(embedded && { embedded: embedded.module }),
    ...(properties && { properties: { ...properties, harness: basename(properties.harness) } }),
  };
  const folder = join(place.root, harnessFolder);
  const outcome = await place.execute(run, {
    program,
    parameters: embedded
      ? [
          pagesOf(harnessLimits.memory),
          ...rightsOf([folder, ...readable]),
          join(folder, basename(embedded.host)),
        ]
      : [...rules.parameters, join(folder, basename(rules.harness))],
    input: JSON.stringify(request),
    environment: rules.environment,
    limits: {
      milliseconds: batchMilliseconds,
      output: batchOutput,
      processes: batchProcesses,
      memory: harnessLimits.memory * 2,
    },
  });
  const answers = readAnswers(outcome.output, mark, distinct.length, questions.length);
  if (answers.cannot !== undefined) return { cannot: answers.cannot };
  if (!answers.complete) {
    const last = outcome.errors.trim().split('\n').at(-1) ?? '';
    run.log(
      'warning',
      `running ${unit.name} ended early (${outcome.ended}, ${outcome.code ?? outcome.signal}): ${last}`,
    );
    if (
      outcome.ended === 'exit' &&
      answers.rows.every((row) => row.every(({ kind }) => kind === 'unclear'))
    ) {
      return { cannot: `${basename(program)} ended without an answer: ${last.slice(0, 200)}` };
    }
  }
  return { rows: answers.rows };
}

function limitsFor(questions: readonly Question[]): HarnessLimits {
  const areAll = (wanted: Question['kind']): boolean => questions.every(({ kind }) => kind === wanted);
  return areAll('input') ? inputLimits : areAll('property') ? propertyLimits : harnessLimits;
}

/**
 * Whether the file imports what lies in its project, so that it runs only inside of a copy of it; alone it starts at once.
 */
export function needsProject(rules: ExecutionRules, path: string, root: string, text: string): boolean {
  const relative = new RegExp(rules.relative, 'u');
  for (const match of text.matchAll(new RegExp(rules.imports, 'gmu'))) {
    const module = match.slice(1).find((group) => group !== undefined);
    if (module === undefined) continue;
    if (relative.test(module)) return true;
    const [first] = module.split(/[./]/);
    const places = rules.local.map((place) =>
      place.replace('{root}', root).replace('{folder}', dirname(path)).replace('{module}', first!),
    );
    if (places.some((place) => place !== path && existsSync(place))) return true;
  }
  return false;
}

/** The folder that modules are installed in, which one may need the others of. */
const modulesFolder = (path: string): string =>
  path.slice(0, path.lastIndexOf(`${sep}node_modules${sep}`) + `${sep}node_modules`.length);

/** The first of the modules that is installed for the file: in a folder above it, up to the project's. */
function neededModule(modules: readonly string[], unit: ExecutionUnit): string | undefined {
  for (const module of modules) {
    for (let folder = dirname(unit.path); ; folder = dirname(folder)) {
      const path = join(folder, module);
      if (existsSync(path)) return path;
      if (folder === unit.root || folder === dirname(folder)) break;
    }
  }
  return undefined;
}
