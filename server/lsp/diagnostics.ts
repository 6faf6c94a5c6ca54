// Findings on their way to the editor: looked for as soon as a document changes, pushed or kept to be pulled.
import {
  CodeLensRefreshRequest,
  type Diagnostic,
  DiagnosticRefreshRequest,
  PublishDiagnosticsNotification,
} from 'vscode-languageserver';
import { Cancelled } from '../core/run.ts';
import type { Diagnosis, Workbench } from '../orchestration/workbench.ts';
import { type CheckPage, diagnosticOf } from './findings.ts';
import { notify } from './notify.ts';
import { createRun } from './request.ts';
import { type OpenDocument, openDocument, type Session } from './session.ts';

/** Milliseconds before looking: lets the completion that the same key asked for go first, and a burst come in whole. */
const HEAD_START = 4;
/** Milliseconds in which refreshes are gathered: one for all documents that an index brought news of. */
const REFRESH_PAUSE = 50;

export interface Diagnostics {
  /** Begins to publish for a client that does not pull; called once, when the workbench exists. */
  watch(workbench: Workbench): void;
  /** The findings, or what is known of generated code, of these documents may have changed though their text did not. */
  changed(uris: readonly string[]): void;
  /** Findings of the present version, from memory where they are known. */
  of(workbench: Workbench, run: Parameters<Workbench['diagnose']>[0], uri: string): Promise<Diagnosis>;
  /** The diagnosis as it is sent. */
  items(document: OpenDocument, diagnosis: Diagnosis): Diagnostic[];
}

interface Entry {
  /** Set while one is looked for; `again` when it must be looked for once more afterwards. */
  busy: boolean;
  again: boolean;
  timer: NodeJS.Timeout | undefined;
  known: Diagnosis | undefined;
  /** Raised when what was found may not be true any more: a look that began before it is not remembered. */
  generation: number;
}

function outdate(entry: Entry): void {
  entry.known = undefined;
  entry.generation += 1;
}

export function createDiagnostics(session: () => Session, page: CheckPage): Diagnostics {
  const entries = new Map<string, Entry>();
  let workbench: Workbench | undefined;
  let refresh: NodeJS.Timeout | undefined;

  const items = (document: OpenDocument, { findings }: Diagnosis): Diagnostic[] =>
    findings.map((finding) => diagnosticOf(session().client, page, document, finding));

  function publish(uri: string, document: OpenDocument | undefined, diagnosis: Diagnosis): void {
    notify(session().connection, PublishDiagnosticsNotification.type, {
      uri,
      ...(session().client.diagnosticVersions && document ? { version: diagnosis.version } : {}),
      diagnostics: document ? items(document, diagnosis) : [],
    });
  }

  /** One at a time a document: what arrives meanwhile is looked for as soon as this one is done. */
  async function look(workbench: Workbench, uri: string, entry: Entry): Promise<void> {
    entry.busy = true;
    entry.again = false;
    const { generation } = entry;
    try {
      const diagnosis = await workbench.diagnose(
        createRun(session(), session().ended, () => undefined),
        uri,
      );
      const document = openDocument(workbench, uri);
      if (entries.get(uri) === entry && document?.snapshot.version === diagnosis.version) {
        if (entry.generation === generation) entry.known = diagnosis;
        publish(uri, document, diagnosis);
      } else if (document) entry.again = true;
    } catch (error) {
      if (error instanceof Cancelled) entry.again = error.reason === 'document changed';
      else session().log('error', `diagnostics of ${uri}: ${error instanceof Error ? error.stack : error}`);
    } finally {
      entry.busy = false;
      if (entry.again) schedule(workbench, uri);
    }
  }

  function schedule(workbench: Workbench, uri: string): void {
    const entry = entries.get(uri);
    if (!entry || session().ended.aborted) return;
    entry.again = true;
    if (entry.busy || entry.timer) return;
    entry.timer = setTimeout(() => {
      entry.timer = undefined;
      void look(workbench, uri, entry);
    }, HEAD_START);
  }

  /** Asks the client to ask again; whether it does so is not waited for. */
  function ask(type: typeof DiagnosticRefreshRequest.type): void {
    if (session().ended.aborted) return;
    session()
      .connection.sendRequest(type)
      .catch((error: unknown) => session().log('debug', `${type.method}: ${error}`));
  }

  return {
    items,
    watch(present) {
      workbench = present;
      const pushes = !session().client.pullsDiagnostics;
      present.documents.listen((event) => {
        if (event.type === 'saved') return;
        const uri = event.type === 'closed' ? event.uri : event.snapshot.uri;
        if (event.type === 'closed') {
          clearTimeout(entries.get(uri)?.timer);
          entries.delete(uri);
          if (pushes) publish(uri, undefined, { version: 0, findings: [] });
          return;
        }
        const entry = entries.get(uri);
        if (entry) outdate(entry);
        else {
          entries.set(uri, {
            busy: false,
            again: false,
            timer: undefined,
            known: undefined,
            generation: 0,
          });
        }
        if (pushes) schedule(present, uri);
      });
    },
    changed(uris) {
      for (const uri of uris) {
        const entry = entries.get(uri);
        if (entry) outdate(entry);
      }
      const { client } = session();
      if (workbench && !client.pullsDiagnostics) for (const uri of uris) schedule(workbench, uri);
      if (refresh) return;
      refresh = setTimeout(() => {
        refresh = undefined;
        if (client.pullsDiagnostics && client.refreshesDiagnostics) ask(DiagnosticRefreshRequest.type);
        if (client.refreshesCodeLenses) ask(CodeLensRefreshRequest.type);
      }, REFRESH_PAUSE).unref();
    },
    async of(workbench, run, uri) {
      const entry = entries.get(uri);
      const version = workbench.documents.get(uri)?.version;
      if (entry?.known && entry.known.version === version) return entry.known;
      const generation = entry?.generation;
      const diagnosis = await workbench.diagnose(run, uri);
      if (!entry || entries.get(uri) !== entry) return diagnosis;
      if (workbench.documents.get(uri)?.version !== diagnosis.version) return diagnosis;
      if (entry.generation === generation) {
        entry.known = diagnosis;
        return diagnosis;
      }
      // What else there is changed meanwhile, not this text. One more look, for clients that do not ask again.
      const afresh = entry.generation;
      const second = await workbench.diagnose(run, uri);
      if (entries.get(uri) === entry && entry.generation === afresh) entry.known = second;
      return second;
    },
  };
}
