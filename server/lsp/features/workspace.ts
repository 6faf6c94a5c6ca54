// workspace/didChangeConfiguration, didChangeWorkspaceFolders, didChangeWatchedFiles: what happens around the documents.

import { basename } from 'node:path';
import {
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  DidChangeWorkspaceFoldersNotification,
  type Registration,
  RegistrationRequest,
} from 'vscode-languageserver';
import type { Language } from '../../core/language.ts';
import { pathOf } from '../client.ts';
import { projectFile, section } from '../configuration.ts';
import { onNotification } from '../request.ts';
import type { Feature } from './feature.ts';

export const workspace: Feature = {
  method: 'workspace/didChangeConfiguration, didChangeWorkspaceFolders, didChangeWatchedFiles',
  capabilities: (client) =>
    client.workspaceFolders
      ? { workspace: { workspaceFolders: { supported: true, changeNotifications: true } } }
      : {},
  attach(session) {
    const { configuration } = session;
    onNotification(session, DidChangeConfigurationNotification.type, (workbench, { settings }) =>
      configuration.pushed(workbench, settings),
    );
    onNotification(session, DidChangeWorkspaceFoldersNotification.type, (workbench, { event }) =>
      configuration.foldersChanged(workbench, event.added, event.removed),
    );
    onNotification(session, DidChangeWatchedFilesNotification.type, async (workbench, { changes }) => {
      const paths = changes.map(({ uri }) => pathOf(uri)).filter((path) => path !== '');
      workbench.filesChanged(paths);
      if (paths.some((path) => basename(path) === projectFile)) await configuration.apply(workbench);
    });
  },
  async initialized(session) {
    const { client, connection } = session;
    const workbench = await session.ready;
    const registrations: Registration[] = [
      ...(client.registersConfiguration
        ? [registration(DidChangeConfigurationNotification.method, { section })]
        : []),
      ...(client.registersFileWatchers
        ? [
            registration(DidChangeWatchedFilesNotification.method, {
              watchers: watchers(workbench.languages),
            }),
          ]
        : []),
    ];
    if (!client.registersFileWatchers) workbench.watch();
    if (registrations.length > 0) {
      connection.sendRequest(RegistrationRequest.type, { registrations }).catch((error: unknown) => {
        session.log(
          'warning',
          `the client watches no files: ${error instanceof Error ? error.message : error}`,
        );
        workbench.watch();
      });
    }
  },
};

const registration = (method: string, registerOptions: object): Registration => ({
  id: `vouch ${method}`,
  method,
  registerOptions,
});

/** The sources that are indexed, what settings and ignore rules are read from, and the files that name modules. */
function watchers(languages: readonly Language[]): { globPattern: string }[] {
  const extensions = languages.flatMap(({ extensions }) => extensions.map((one) => one.replace(/^\./, '')));
  const manifests = languages.flatMap(({ modules }) => modules?.manifests ?? []);
  const names = [projectFile, '.gitignore', ...manifests];
  return [`**/*.{${[...new Set(extensions)].join(',')}}`, `**/{${[...new Set(names)].join(',')}}`].map(
    (globPattern) => ({ globPattern }),
  );
}
