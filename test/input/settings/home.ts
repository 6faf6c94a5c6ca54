// A home and a project in a temporary folder, with the settings files that a test writes into them.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

export interface Home {
  readonly environment: Readonly<Record<string, string>>;
  readonly folder: string;
  readonly userFile: string;
  readonly projectFile: string;
  user(text: string): void;
  project(text: string): void;
}

/** Removed when the test is over. */
export function createHome(): Home {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'vouch-settings-')));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const folder = join(root, 'work', 'project');
  mkdirSync(folder, { recursive: true });
  const userFile = join(root, '.config', 'vouch', 'config.json');
  const projectFile = join(folder, '.vouch.json');
  const write = (path: string) => (text: string) => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  };
  return {
    environment: { HOME: root },
    folder,
    userFile,
    projectFile,
    user: write(userFile),
    project: write(projectFile),
  };
}
