// Settings and folders as the client tells of them, joined with the settings files, given to the workbench.

import { pathToFileURL } from 'node:url';
import { ConfigurationRequest, type Connection, type WorkspaceFolder } from 'vscode-languageserver';
import type { Run } from '../core/run.ts';
import type { Settings } from '../core/settings.ts';
import type { Workbench } from '../orchestration/workbench.ts';
import { type Client, pathOf } from './client.ts';
import type { Notices } from './notices.ts';

/** The section that holds vouch's settings in every client. */
export const section = 'vouch';
/** The settings file of a project: when it changes, settings are read again. */
export const projectFile = '.vouch.json';

/** By these a pushed section is told from the settings of other servers, which some clients send along. */
const ownKeys: ReadonlySet<string> = new Set([
  'models',
  'completion',
  'validation',
  'budget',
  'privacy',
] satisfies (keyof Settings)[]);

/** What came of reading the settings of one folder. */
export interface LoadedSettings {
  readonly settings: Settings;
  /** One sentence each: an unknown setting with the nearest right one, a value that cannot be. */
  readonly problems: readonly string[];
}

/**
 * Reads the settings in force in a folder, or outside of all for `undefined`. Never throws for what a file holds.
 * @param client what the client says in the section `vouch`.
 */
export type SettingsLoader = (folder: string | undefined, client: unknown) => Promise<LoadedSettings>;

export interface Configuration {
  /** Reads all settings with what the client said so far, and hands them to the workbench. */
  apply(workbench: Workbench): Promise<void>;
  /** Asks the client for its settings where it can be asked, then applies them. */
  pull(workbench: Workbench): Promise<void>;
  /** The client pushed new settings, or `null` to say "ask again". */
  pushed(workbench: Workbench, settings: unknown): Promise<void>;
  /** Absolute paths of the workspace's folders. */
  folders(): readonly string[];
  /** Whether any of the settings in force names a model. */
  namesModel(): boolean;
  foldersChanged(workbench: Workbench, added: WorkspaceFolder[], removed: WorkspaceFolder[]): Promise<void>;
}

export function createConfiguration(
  connection: Connection,
  client: Client,
  load: SettingsLoader,
  notices: Notices,
  log: Run['log'],
): Configuration {
  let folders = [...client.folders];
  const initial = sectionOf(client.initializationOptions);
  /** What the client pushed last, and what it answered last for no folder: without either, the initial ones hold. */
  let told: unknown;
  let general: unknown;
  /** Folder to what the client answered for it. */
  let answered = new Map<string, unknown>();
  let newest = Promise.resolve();
  let latest = 0;
  let namesModel = false;

  /** Resolves when these settings, or newer ones, are in force. */
  function apply(workbench: Workbench): Promise<void> {
    newest = read(workbench);
    return newest;
  }

  async function read(workbench: Workbench): Promise<void> {
    latest += 1;
    const turn = latest;
    const everywhere = general ?? told ?? initial;
    const one = async (folder: string | undefined): Promise<LoadedSettings> =>
      load(folder, (folder === undefined ? undefined : answered.get(folder)) ?? everywhere);
    const [outside, ...inside] = await Promise.all([undefined, ...folders].map(one));
    // A later change was read meanwhile, or is being read: its settings are the ones in force.
    if (turn !== latest) return newest;
    for (const problem of new Set([outside!, ...inside].flatMap(({ problems }) => problems))) {
      notices.background('warning', problem);
    }
    namesModel = [outside!, ...inside].some(({ settings }) => Object.keys(settings.models).length > 0);
    workbench.configure(
      folders.map((path, index) => ({ path, settings: inside[index]!.settings })),
      outside!.settings,
    );
  }

  async function pull(workbench: Workbench): Promise<void> {
    if (!client.configuration) return apply(workbench);
    const asked = [...folders];
    const items = [{ section }, ...asked.map((path) => ({ section, scopeUri: pathToFileURL(path).href }))];
    try {
      const values: unknown = await connection.sendRequest(ConfigurationRequest.type, { items });
      if (Array.isArray(values)) {
        general = values[0];
        answered = new Map(asked.map((path, index) => [path, values[index + 1]]));
      }
    } catch (error) {
      log(
        'warning',
        `the client did not tell its settings: ${error instanceof Error ? error.message : error}`,
      );
    }
    return apply(workbench);
  }

  return {
    apply,
    pull,
    folders: () => folders,
    namesModel: () => namesModel,
    async pushed(workbench, settings) {
      if (isOwn(settings)) {
        told = sectionOf(settings);
        general = undefined;
        answered.clear();
      }
      return pull(workbench);
    },
    async foldersChanged(workbench, added, removed) {
      const gone = removed.map(({ uri }) => pathOf(uri));
      const fresh = added.map(({ uri }) => pathOf(uri)).filter((path) => path !== '');
      folders = [...new Set([...folders.filter((path) => !gone.includes(path)), ...fresh])];
      return pull(workbench);
    },
  };
}

/** Whether pushed settings are vouch's, if only to say that there are none any more. */
const isOwn = (settings: unknown): boolean =>
  typeof settings === 'object' &&
  settings !== null &&
  (section in settings || Object.keys(settings).some((key) => ownKeys.has(key)));

/** Clients send the section's value, or an object that has the section as its key. */
function sectionOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && section in value
    ? (value as Record<string, unknown>)[section]
    : value;
}
