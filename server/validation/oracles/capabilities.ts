// What vouch tells a server that it can do, and what it reads of what the server can.
import * as z from 'zod/mini';

export const clientCapabilities = (experimental: unknown): Readonly<Record<string, unknown>> => ({
  general: { positionEncodings: ['utf-16'] },
  window: { workDoneProgress: true, showMessage: {}, showDocument: { support: false } },
  workspace: {
    applyEdit: false,
    configuration: true,
    workspaceFolders: true,
    didChangeConfiguration: { dynamicRegistration: true },
    // Servers watch files themselves where the client does not say that it would.
    didChangeWatchedFiles: { dynamicRegistration: false },
    diagnostics: { refreshSupport: true },
  },
  textDocument: {
    synchronization: { didSave: false },
    publishDiagnostics: { versionSupport: true, relatedInformation: false },
    diagnostic: { dynamicRegistration: true, relatedDocumentSupport: false },
    hover: { contentFormat: ['plaintext', 'markdown'] },
    definition: { linkSupport: false },
    signatureHelp: { signatureInformation: { documentationFormat: ['plaintext'] } },
    completion: {
      completionItem: {
        snippetSupport: false,
        labelDetailsSupport: true,
        documentationFormat: ['plaintext'],
        resolveSupport: { properties: ['detail', 'documentation'] },
      },
    },
  },
  ...(experimental === undefined ? {} : { experimental }),
});

const something = z.optional(z.unknown());

export const initializeResult = z.object({
  capabilities: z.object({
    textDocumentSync: z.optional(
      z.nullable(z.union([z.number(), z.object({ change: z.optional(z.nullable(z.number())) })])),
    ),
    diagnosticProvider: z.optional(z.nullable(z.object({ identifier: z.optional(z.nullable(z.string())) }))),
    hoverProvider: something,
    definitionProvider: something,
    completionProvider: z.optional(
      z.nullable(z.object({ resolveProvider: z.optional(z.nullable(z.boolean())) })),
    ),
    signatureHelpProvider: something,
  }),
  serverInfo: z.optional(
    z.nullable(z.object({ name: z.string(), version: z.optional(z.nullable(z.string())) })),
  ),
});

export type ServerCapabilities = z.infer<typeof initializeResult>['capabilities'];

/** Whether it takes changes instead of whole texts. */
export function takesChanges({ textDocumentSync: sync }: ServerCapabilities): boolean {
  return (typeof sync === 'number' ? sync : sync?.change) === 2;
}
