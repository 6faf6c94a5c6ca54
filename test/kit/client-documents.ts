// The texts as the test editor holds them. Converts positions in its own way, so that the server's is put to the test.
import type {
  ApplyWorkspaceEditResult,
  Position,
  Range,
  TextDocumentContentChangeEvent,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver';

interface ClientDocument {
  readonly languageId: string;
  version: number;
  text: string;
}

export class ClientDocuments {
  readonly #open = new Map<string, ClientDocument>();
  readonly #encoding: string;

  constructor(encoding: string) {
    this.#encoding = encoding;
  }

  open(uri: string, languageId: string, text: string): void {
    this.#open.set(uri, { languageId, version: 1, text });
  }

  close(uri: string): void {
    this.#open.delete(uri);
  }

  text(uri: string): string {
    return this.#document(uri).text;
  }

  version(uri: string): number {
    return this.#document(uri).version;
  }

  /** Makes changes one after another. */
  change(uri: string, changes: readonly TextDocumentContentChangeEvent[]): { version: number; text: string } {
    const document = this.#document(uri);
    for (const change of changes) {
      document.text =
        'range' in change
          ? this.replace(document.text, [{ range: change.range, newText: change.text }])
          : change.text;
    }
    document.version += 1;
    return document;
  }

  /** Makes an edit of the server, in open documents; what it says of others is kept as their text. */
  apply(edit: WorkspaceEdit, checksVersions: boolean): ApplyWorkspaceEditResult {
    const changes = Object.entries(edit.changes ?? {}).map(([uri, edits]) => ({ uri, version: null, edits }));
    const documentChanges = (edit.documentChanges ?? []).flatMap((change) =>
      'textDocument' in change ? [{ ...change.textDocument, edits: change.edits as TextEdit[] }] : [],
    );
    for (const { uri, version, edits } of [...changes, ...documentChanges]) {
      const document = this.#open.get(uri);
      if (document && checksVersions && version !== null && version !== document.version) {
        return { applied: false, failureReason: 'newer than edits' };
      }
      const text = this.replace(document?.text ?? '', edits);
      if (document) Object.assign(document, { text, version: document.version + 1 });
      else this.#open.set(uri, { languageId: '', version: 0, text });
    }
    return { applied: true };
  }

  /** The text with edits that all refer to it. */
  replace(text: string, edits: readonly TextEdit[]): string {
    const places = edits.map(({ range, newText }) => ({ ...this.#offsets(text, range), newText }));
    let out = text;
    for (const { start, end, newText } of places.sort((a, b) => b.start - a.start || b.end - a.end)) {
      out = out.slice(0, start) + newText + out.slice(end);
    }
    return out;
  }

  /** What a range of the document holds. */
  slice(uri: string, range: Range): string {
    const { start, end } = this.#offsets(this.text(uri), range);
    return this.text(uri).slice(start, end);
  }

  #offsets(text: string, { start, end }: Range): { start: number; end: number } {
    return { start: this.#offset(text, start), end: this.#offset(text, end) };
  }

  #offset(text: string, { line, character }: Position): number {
    const lines = text.split(/(?<=\r\n|\r(?!\n)|\n)/);
    const before = lines.slice(0, line).join('').length;
    const content = (lines[line] ?? '').replace(/[\r\n]+$/, '');
    return before + cut(content, character, this.#encoding).length;
  }

  #document(uri: string): ClientDocument {
    const document = this.#open.get(uri);
    if (!document) throw new Error(`${uri} is not open in the test's editor`);
    return document;
  }
}

/** The first `units` of a line, counted as the encoding does. */
function cut(line: string, units: number, encoding: string): string {
  if (encoding === 'utf-8') return Buffer.from(line).subarray(0, units).toString();
  return encoding === 'utf-32' ? [...line].slice(0, units).join('') : line.slice(0, units);
}
