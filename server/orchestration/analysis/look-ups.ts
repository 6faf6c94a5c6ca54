// Names of packages that are looked up in the registries which the user has named: in the background of a document, waited
// for in a check of files.
import { join } from 'node:path';
import type { Run } from '../../core/run.ts';
import { cacheFolder } from '../../input/settings/paths.ts';
import { createRegistry, type Registry } from '../../input/workspace/packages/registry.ts';

export interface LookUps {
  /** Absent where the user has named no registry. */
  readonly registry: Registry | undefined;
  configure(urls: Readonly<Record<string, string>>): void;
  /** Waits for what is being looked up now. @returns whether answers have come since it last said so. */
  answered(): Promise<boolean>;
  /** Does something, and once more where it asked what was answered only then. */
  settling<T>(work: () => Promise<T>): Promise<T>;
  dispose(): void;
}

/** Milliseconds that anybody waits for registries: an answer takes some hundred. */
const limitMs = 10_000;

/** @param changed what was said about packages may be another now. */
export function createLookUps(log: Run['log'], changed: () => void): LookUps {
  let registry: Registry | undefined;
  let answers = 0;
  let told = 0;
  let configured = '';
  return {
    get registry() {
      return registry;
    },
    configure(urls) {
      const written = JSON.stringify(urls);
      if (written === configured) return;
      configured = written;
      registry?.dispose();
      registry = undefined;
      if (Object.keys(urls).length === 0) return;
      registry = createRegistry({
        log,
        urls,
        cache: join(cacheFolder(process.env), 'registry.json'),
        answered: () => {
          answers++;
          changed();
        },
      });
    },
    async answered() {
      await registry?.settled(limitMs);
      const news = answers > told;
      told = answers;
      return news;
    },
    async settling(work) {
      const before = answers;
      const made = await work();
      await registry?.settled(limitMs);
      return answers > before ? work() : made;
    },
    dispose() {
      registry?.dispose();
    },
  };
}
