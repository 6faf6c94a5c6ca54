// Which programs judge a file here: those that its language knows and that exist, and those that a setting names. Nothing
// is started to find out.
import { constants } from 'node:fs';
import { access, readFile, realpath, stat } from 'node:fs/promises';
import { delimiter, dirname, extname, isAbsolute, join } from 'node:path';
import type { JudgeTool, PackageRequirement } from '../../core/judge-rules.ts';
import type { Language } from '../../core/language.ts';
import type { Settings } from '../../core/settings.ts';
import { containsPath } from '../sandbox/programs.ts';
import { merged } from './settings-tree.ts';
import type { Placeholders } from './texts.ts';

export interface FoundJudge {
  readonly tool: JudgeTool;
  /** Absolute path. */
  readonly program: string;
  /** Of the package that it is a part of. */
  readonly version?: string;
  /** Whether it, or what it needs, is the project's own: it speaks of the versions that the project has. */
  readonly own: boolean;
  /** Who judges in its place when it does not start: a program may be there and yet be none that works. */
  readonly otherwise?: FoundJudge;
  /** The folder of the manifest that was asked for. */
  readonly folder?: string;
  /** What stands for the names in braces, apart from the root. */
  readonly places: Placeholders;
}

export interface Whereabouts {
  /** Absolute path of the file that is judged. */
  readonly path: string;
  /** Absolute path of the project's folder. */
  readonly root: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Whether there is a sandbox for compilers. */
  readonly compilers: boolean;
}

/** Folders of a project that hold its own programs. */
const programFolders = ['node_modules/.bin', '.venv/bin', 'venv/bin'];
const environmentFolders = ['.venv', 'venv'];
const extensions = process.platform === 'win32' ? ['.exe', '.com'] : [''];

/**
 * Those that are there, of each group one: the first that is the project's own, else the first.
 * @param settings `validation.judges`.
 */
export async function findJudges(
  language: Language | undefined,
  languageId: string,
  settings: Settings['validation']['judges'],
  whereabouts: Whereabouts,
): Promise<readonly FoundJudge[]> {
  const tools = toolsFor(language, languageId, settings).filter(
    ({ compiler }) => compiler === undefined || whereabouts.compilers,
  );
  const found = (await Promise.all(tools.map((tool) => findTool(tool, whereabouts)))).filter(
    (judge) => judge !== undefined,
  );
  const groupOf = ({ tool }: FoundJudge): string => tool.group ?? tool.name;
  return [...new Set(found.map(groupOf))].map((group) => {
    const judges = found.filter((judge) => groupOf(judge) === group);
    const ordered = [...judges.filter(({ own }) => own), ...judges.filter(({ own }) => !own)];
    return ordered.reduceRight((next, judge) => ({ ...judge, otherwise: next }));
  });
}

/** Those of a setting first; a ready-made one that the setting names keeps what it does not say. */
export function toolsFor(
  language: Language | undefined,
  languageId: string,
  settings: Settings['validation']['judges'],
): readonly JudgeTool[] {
  const known = language?.judges ?? [];
  const names = [languageId, ...(language ? [language.id, ...language.aliases] : [])];
  const own = Object.entries(settings).flatMap(([name, judge]): JudgeTool[] => {
    if (judge === false || !judge.languages.some((each) => names.includes(each))) return [];
    const ready = known.find((tool) => tool.name === name);
    const given = judge.settings === undefined ? {} : { initializationOptions: merged({}, judge.settings) };
    const server = {
      ...ready?.server,
      ...given,
      settings: merged(ready?.server?.settings ?? {}, judge.settings),
    };
    const { package: _, needs: __, compiler: ___, ...rest } = ready ?? { name };
    return [{ ...rest, name, command: judge.command, server }];
  });
  return [...own, ...known.filter(({ name }) => !Object.hasOwn(settings, name))];
}

async function findTool(tool: JudgeTool, whereabouts: Whereabouts): Promise<FoundJudge | undefined> {
  const folders = foldersUp(dirname(whereabouts.path), whereabouts.root);
  const manifest = tool.manifests && (await firstOf(folders, tool.manifests));
  if (tool.manifests && manifest === undefined) return undefined;
  const program = await findProgram(tool.command[0]!, folders, whereabouts.environment);
  if (program === undefined) return undefined;
  const part = await packageOf(program);
  if (tool.package && !fits(part, tool.package)) return undefined;

  const places: Record<string, string | undefined> = {
    environment: await firstOf(folders, environmentFolders),
    packages: undefined,
  };
  if (tool.needs) {
    const packages = await findPackages(tool.needs, folders, program);
    if (packages === undefined) return undefined;
    places.packages = packages;
  }
  const { root } = whereabouts;
  const own = [program, places.packages].some((each) => each !== undefined && containsPath(root, each));
  const folder = manifest === undefined ? {} : { folder: dirname(manifest) };
  return { tool, program, own, places, ...folder, ...(part && { version: part.version }) };
}

/** From the file's folder up to the project's. */
export function foldersUp(from: string, root: string): readonly string[] {
  if (!containsPath(root, from)) return [root];
  const folders = [from];
  while (folders.at(-1) !== root && dirname(folders.at(-1)!) !== folders.at(-1)) {
    folders.push(dirname(folders.at(-1)!));
  }
  return folders;
}

export async function firstOf(
  folders: readonly string[],
  names: readonly string[],
): Promise<string | undefined> {
  for (const folder of folders) {
    for (const name of names) {
      const path = join(folder, name);
      if (await exists(path)) return path;
    }
  }
  return undefined;
}

const exists = (path: string, mode = constants.F_OK): Promise<boolean> =>
  access(path, mode).then(
    () => true,
    () => false,
  );

/** An absolute path as it is; a name in the project's folders of programs, nearest first, then in the PATH. */
export async function findProgram(
  name: string,
  folders: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  const places = isAbsolute(name)
    ? ['']
    : [
        ...folders.flatMap((folder) => programFolders.map((each) => join(folder, each))),
        // An empty or relative entry would be the folder that is worked in, whoever's that is.
        ...(environment.PATH ?? environment.Path ?? '').split(delimiter).filter((each) => isAbsolute(each)),
      ];
  for (const place of places) {
    for (const extension of extensions) {
      const path = place === '' ? name : join(place, name) + (extname(name) === extension ? '' : extension);
      const found = await stat(path).catch(() => undefined);
      if (found?.isFile() && (await exists(path, constants.X_OK))) return path;
    }
  }
  return undefined;
}

interface PackagePart {
  readonly name: string;
  readonly version: string;
}

/** The npm package whose folder a program lies in, links followed. */
async function packageOf(program: string): Promise<PackagePart | undefined> {
  const real = await realpath(program).catch(() => program);
  for (let folder = dirname(real); dirname(folder) !== folder; folder = dirname(folder)) {
    if (!folder.includes('node_modules')) return undefined;
    const part = await readPackage(folder);
    if (part) return part;
  }
  return undefined;
}

async function readPackage(folder: string): Promise<PackagePart | undefined> {
  try {
    const { name, version } = JSON.parse(
      await readFile(join(folder, 'package.json'), 'utf8'),
    ) as Partial<PackagePart>;
    return typeof name === 'string' && typeof version === 'string' ? { name, version } : undefined;
  } catch {
    return undefined; // No such file, or none that says what it is: then the folder above is asked.
  }
}

const fits = (
  part: PackagePart | undefined,
  { name, from = 0, below = Infinity }: PackageRequirement,
): boolean => {
  const major = Number.parseInt(part?.version ?? '', 10);
  return part?.name === name && major >= from && major < below;
};

/** The `node_modules` with the package in a version that will do: the project's, else the program's own. */
async function findPackages(
  needed: PackageRequirement,
  folders: readonly string[],
  program: string,
): Promise<string | undefined> {
  const beside = (await realpath(program).catch(() => program)).split('node_modules')[0]!;
  for (const folder of [...folders, beside]) {
    const packages = join(folder, 'node_modules');
    if (fits(await readPackage(join(packages, needed.name)), needed)) return packages;
  }
  return undefined;
}

/** A judge that vouch knows or a setting names, for whoever lists them. */
export interface KnownTool {
  readonly name: string;
  /** Ids of its languages. */
  readonly languages: readonly string[];
  readonly kind: 'server' | 'compiler';
  /** Absolute path; absent where it is not installed, or not in a version that will do. */
  readonly program?: string;
  readonly version?: string;
  /** What it needs, where that is not met by its being installed: a manifest, a package. */
  readonly needs?: string;
}

/**
 * All judges, those that are not here included, as a project's folder has them. Nothing is started.
 * @param settings `validation.judges`.
 */
export async function findTools(
  languages: readonly Language[],
  settings: Settings['validation']['judges'],
  root: string,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<readonly KnownTool[]> {
  const tools = new Map<string, { tool: JudgeTool; languages: string[] }>();
  for (const language of languages) {
    for (const tool of toolsFor(language, language.id, settings)) {
      const known = tools.get(tool.name);
      if (known) known.languages.push(language.id);
      else tools.set(tool.name, { tool, languages: [language.id] });
    }
  }
  const whereabouts = { path: join(root, 'any'), root, environment, compilers: true };
  return Promise.all(
    [...tools.values()].map(async ({ tool, languages: ids }): Promise<KnownTool> => {
      const { manifests, needs, ...rest } = tool;
      const found = await findTool(rest, whereabouts);
      const needed = [
        ...(manifests ? [`${manifests.join(' or ')} in the project`] : []),
        ...(needs ? [`the package ${needs.name}${needs.below ? ` below version ${needs.below}` : ''}`] : []),
      ].join(', ');
      return {
        name: tool.name,
        languages: ids,
        kind: tool.compiler ? 'compiler' : 'server',
        ...(found && { program: found.program }),
        ...(found?.version && { version: found.version }),
        ...(needed && { needs: needed }),
      };
    }),
  );
}
