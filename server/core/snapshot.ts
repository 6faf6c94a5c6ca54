// A document as it stood at one version. Immutable: whoever holds one may work on it while the editor types on.

export interface Snapshot {
  readonly uri: string;
  /** Absolute path on disk; empty for a document that has none (untitled, or a scheme other than file). */
  readonly path: string;
  /** A folder name under `grammars/`, or the client's own language id where vouch has no grammar for it. */
  readonly languageId: string;
  /** The client's version number; 0 for a file read from disk. */
  readonly version: number;
  readonly text: string;
}
