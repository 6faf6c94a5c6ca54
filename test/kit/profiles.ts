// Editors as test clients know them: what each says it can, and the habits that its capabilities do not tell.
import type { ClientCapabilities } from 'vscode-languageserver';

export interface Profile {
  readonly name: string;
  readonly clientInfo?: { readonly name: string; readonly version?: string };
  readonly capabilities: ClientCapabilities;
  /** Whether it answers requests of the server. */
  readonly answers: boolean;
  /** Whether it refuses edits that are for another version of the document. */
  readonly checksVersions: boolean;
  /** Whether it sends the whole text at each change, whatever the server asks for. */
  readonly fullSync: boolean;
  /** Whether it keeps only actions whose kind equals one that was asked for. */
  readonly equalKinds: boolean;
  /** Whether it tells the root only by `rootUri`. */
  readonly rootUriOnly: boolean;
  /** How it ends the server. */
  readonly leaves: 'exit' | 'closes pipe' | 'SIGTERM';
}

const actionKinds = ['', 'quickfix', 'refactor', 'refactor.rewrite', 'source'];
const plain: Omit<Profile, 'name' | 'capabilities'> = {
  answers: true,
  checksVersions: true,
  fullSync: false,
  equalKinds: false,
  rootUriOnly: false,
  leaves: 'exit',
};

export const profiles = {
  /** Everything that the protocol knows and vouch uses. */
  vscode: {
    ...plain,
    name: 'VS Code',
    clientInfo: { name: 'Visual Studio Code', version: '1.102.0' },
    capabilities: {
      general: { positionEncodings: ['utf-16'] },
      window: { workDoneProgress: true, showMessage: {}, showDocument: { support: true } },
      workspace: {
        applyEdit: true,
        configuration: true,
        workspaceFolders: true,
        workspaceEdit: { documentChanges: true, resourceOperations: ['create', 'rename', 'delete'] },
        didChangeConfiguration: { dynamicRegistration: true },
        didChangeWatchedFiles: { dynamicRegistration: true },
        diagnostics: { refreshSupport: true },
        codeLens: { refreshSupport: true },
      },
      textDocument: {
        synchronization: { didSave: true, dynamicRegistration: true },
        diagnostic: { dynamicRegistration: true },
        publishDiagnostics: { versionSupport: true, dataSupport: true, codeDescriptionSupport: true },
        hover: { contentFormat: ['markdown', 'plaintext'] },
        codeAction: {
          dataSupport: true,
          isPreferredSupport: true,
          disabledSupport: true,
          resolveSupport: { properties: ['edit'] },
          codeActionLiteralSupport: { codeActionKind: { valueSet: actionKinds } },
        },
        completion: {
          completionItem: {
            snippetSupport: true,
            documentationFormat: ['markdown', 'plaintext'],
            insertReplaceSupport: true,
            labelDetailsSupport: true,
            resolveSupport: { properties: ['documentation', 'detail', 'additionalTextEdits'] },
            insertTextModeSupport: { valueSet: [1, 2] },
          },
        },
        inlineCompletion: { dynamicRegistration: true },
      },
    },
  },
  neovim07: {
    ...plain,
    name: 'Neovim 0.7',
    clientInfo: { name: 'Neovim', version: '0.7.2' },
    capabilities: {
      window: { workDoneProgress: true },
      workspace: {
        applyEdit: true,
        configuration: true,
        workspaceFolders: true,
        workspaceEdit: { resourceOperations: ['rename', 'create', 'delete'] },
      },
      textDocument: {
        synchronization: { didSave: true },
        publishDiagnostics: { relatedInformation: true },
        hover: { contentFormat: ['markdown', 'plaintext'] },
        codeAction: {
          dataSupport: true,
          resolveSupport: { properties: ['edit'] },
          codeActionLiteralSupport: { codeActionKind: { valueSet: actionKinds } },
        },
        completion: {
          completionItem: { snippetSupport: false, documentationFormat: ['markdown', 'plaintext'] },
        },
      },
    },
  },
  eglot19: {
    ...plain,
    name: 'Eglot 1.9',
    equalKinds: true,
    leaves: 'closes pipe',
    capabilities: {
      workspace: {
        applyEdit: true,
        configuration: true,
        workspaceFolders: true,
        executeCommand: { dynamicRegistration: false },
        workspaceEdit: { documentChanges: true },
        didChangeWatchedFiles: { dynamicRegistration: true },
      },
      textDocument: {
        synchronization: { didSave: true },
        publishDiagnostics: { relatedInformation: false },
        hover: { contentFormat: ['markdown', 'plaintext'] },
        codeAction: {
          isPreferredSupport: true,
          codeActionLiteralSupport: { codeActionKind: { valueSet: actionKinds.slice(1) } },
        },
        completion: { completionItem: { snippetSupport: false } },
      },
    },
  },
  ale: {
    ...plain,
    name: 'ALE 3.3',
    answers: false,
    checksVersions: false,
    fullSync: true,
    rootUriOnly: true,
    leaves: 'SIGTERM',
    capabilities: {
      workspace: { applyEdit: false, workspaceFolders: false, configuration: false },
      textDocument: {
        synchronization: { didSave: true },
        hover: { contentFormat: ['plaintext'] },
        codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } },
        completion: { completionItem: { snippetSupport: false, documentationFormat: ['plaintext'] } },
      },
    },
  },
  helix: {
    ...plain,
    name: 'Helix',
    clientInfo: { name: 'helix', version: '25.07' },
    capabilities: {
      general: { positionEncodings: ['utf-8', 'utf-32', 'utf-16'] },
      window: { workDoneProgress: true },
      workspace: {
        applyEdit: true,
        configuration: true,
        workspaceFolders: true,
        workspaceEdit: { documentChanges: true, resourceOperations: ['create', 'rename', 'delete'] },
        didChangeWatchedFiles: { dynamicRegistration: true },
        diagnostics: { refreshSupport: true },
      },
      textDocument: {
        publishDiagnostics: { versionSupport: true, dataSupport: true },
        diagnostic: {},
        hover: { contentFormat: ['markdown'] },
        codeAction: {
          dataSupport: true,
          disabledSupport: true,
          isPreferredSupport: true,
          resolveSupport: { properties: ['edit', 'command'] },
          codeActionLiteralSupport: { codeActionKind: { valueSet: actionKinds } },
        },
        completion: {
          completionItem: {
            snippetSupport: true,
            insertReplaceSupport: true,
            resolveSupport: { properties: ['documentation', 'detail', 'additionalTextEdits'] },
          },
        },
      },
    },
  },
  kakoune: {
    ...plain,
    name: 'Kakoune',
    clientInfo: { name: 'kakoune-lsp', version: '18.1.3' },
    rootUriOnly: true,
    capabilities: {
      general: { positionEncodings: ['utf-8', 'utf-16'] },
      window: { workDoneProgress: true },
      workspace: {
        applyEdit: true,
        configuration: true,
        workspaceFolders: false,
        workspaceEdit: { documentChanges: true, resourceOperations: ['create', 'rename', 'delete'] },
      },
      textDocument: {
        publishDiagnostics: {},
        hover: { contentFormat: ['markdown'] },
        codeAction: {
          resolveSupport: { properties: ['edit'] },
          codeActionLiteralSupport: { codeActionKind: { valueSet: actionKinds } },
        },
        completion: { completionItem: { documentationFormat: ['plaintext'] } },
      },
    },
  },
  /** The protocol's first version: commands instead of actions, nothing else that came later. */
  commandsOnly: {
    ...plain,
    name: 'commands only',
    capabilities: { workspace: { applyEdit: true }, textDocument: {} },
  },
} as const satisfies Record<string, Profile>;

export type ProfileName = keyof typeof profiles;
