// What the client can do, read once from its initialize request: the features look here, never at capabilities.
import { fileURLToPath } from 'node:url';
import {
  type InitializeParams,
  InsertTextMode,
  MarkupKind,
  ResourceOperationKind,
} from 'vscode-languageserver';
import { type Encoding, negotiate } from './positions.ts';

export interface Client {
  /** `name version` as it calls itself, for the log. */
  readonly name: string;
  readonly encoding: Encoding;
  readonly processId: number | undefined;
  readonly initializationOptions: unknown;
  /** Folders that are open: workspace folders, else the root. Absolute paths. */
  readonly folders: readonly string[];
  readonly workspaceFolders: boolean;
  readonly configuration: boolean;
  readonly registersConfiguration: boolean;
  readonly registersFileWatchers: boolean;
  /** Shows progress that the server began by itself, and can cancel it. */
  readonly serverProgress: boolean;
  readonly documentChanges: boolean;
  readonly createsFiles: boolean;
  readonly pullsDiagnostics: boolean;
  readonly refreshesDiagnostics: boolean;
  readonly refreshesCodeLenses: boolean;
  readonly diagnosticVersions: boolean;
  readonly diagnosticData: boolean;
  readonly diagnosticLinks: boolean;
  readonly diagnosticPlaces: boolean;
  readonly actionLiterals: boolean;
  /**
   * Asks for the edit of the action that was chosen, and keeps `data` until then. Clients that cannot do that are
   * also those that keep only actions whose kind *equals* the one asked for.
   */
  readonly resolvesActions: boolean;
  readonly disabledActions: boolean;
  readonly preferredActions: boolean;
  readonly markdownHover: boolean;
  readonly markdownCompletion: boolean;
  readonly insertReplace: boolean;
  readonly labelDetails: boolean;
  readonly insertsAsIs: boolean;
  /** A completion of several lines reaches the buffer whole. */
  readonly multilineCompletion: boolean;
}

/** Reads the request. A client that says nothing of a thing is taken not to have it. */
export function readClient(params: InitializeParams): Client {
  const { capabilities, clientInfo } = params;
  const { textDocument, workspace, window, general } = capabilities;
  const action = textDocument?.codeAction;
  const diagnostics = [textDocument?.publishDiagnostics, textDocument?.diagnostic];
  const item = textDocument?.completion?.completionItem;
  return {
    name: clientInfo ? `${clientInfo.name} ${clientInfo.version ?? ''}`.trim() : 'unnamed client',
    encoding: negotiate(general?.positionEncodings),
    processId: params.processId ?? undefined,
    initializationOptions: params.initializationOptions,
    folders: foldersOf(params),
    workspaceFolders: workspace?.workspaceFolders === true,
    configuration: workspace?.configuration === true,
    registersConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    registersFileWatchers: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    serverProgress: window?.workDoneProgress === true,
    documentChanges: workspace?.workspaceEdit?.documentChanges === true,
    createsFiles:
      workspace?.workspaceEdit?.resourceOperations?.includes(ResourceOperationKind.Create) === true,
    pullsDiagnostics: textDocument?.diagnostic !== undefined,
    refreshesDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    refreshesCodeLenses: workspace?.codeLens?.refreshSupport === true,
    diagnosticVersions: textDocument?.publishDiagnostics?.versionSupport === true,
    diagnosticData: diagnostics.some((one) => one?.dataSupport === true),
    diagnosticPlaces: diagnostics.some((one) => one?.relatedInformation === true),
    diagnosticLinks: diagnostics.some((one) => one?.codeDescriptionSupport === true),
    actionLiterals: action?.codeActionLiteralSupport !== undefined,
    resolvesActions:
      action?.dataSupport === true &&
      action.resolveSupport?.properties.includes('edit') === true &&
      !freezesMeanwhile(clientInfo),
    disabledActions: action?.disabledSupport === true,
    preferredActions: action?.isPreferredSupport === true,
    markdownHover: textDocument?.hover?.contentFormat?.includes(MarkupKind.Markdown) === true,
    markdownCompletion: item?.documentationFormat?.includes(MarkupKind.Markdown) === true,
    insertReplace: item?.insertReplaceSupport === true,
    labelDetails: item?.labelDetailsSupport === true,
    insertsAsIs: item?.insertTextModeSupport?.valueSet.includes(InsertTextMode.asIs) === true,
    // Those that know neither snippets nor late details nor two ranges complete words of one line (Neovim 0.7, ALE).
    multilineCompletion:
      item?.snippetSupport === true ||
      item?.insertReplaceSupport === true ||
      item?.resolveSupport !== undefined,
  };
}

/** Helix takes no key until an action is resolved, and gives up after 20 s; commands it lets run. */
const freezesMeanwhile = (clientInfo: InitializeParams['clientInfo']): boolean =>
  clientInfo?.name === 'helix';

function foldersOf(params: InitializeParams): string[] {
  const uris = params.workspaceFolders?.map(({ uri }) => uri) ?? (params.rootUri ? [params.rootUri] : []);
  const paths = uris.map(pathOf).filter((path) => path !== '');
  return paths.length === 0 && params.rootPath ? [params.rootPath] : paths;
}

/** The path of a `file:` URI, with links as the client gave them; empty for every other scheme and for nonsense. */
export function pathOf(uri: string): string {
  try {
    return uri.startsWith('file:') ? fileURLToPath(uri) : '';
  } catch {
    // A host where none may stand, or a broken escape: a document without a place on this disk.
    return '';
  }
}
