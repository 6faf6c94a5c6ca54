// What both doors may ask of vouch: the one façade over the phases. lsp/ and cli/ know this file and core/, no more.
import type { Finding } from '../core/finding.ts';
import type { Language } from '../core/language.ts';
import type { Run } from '../core/run.ts';
import type { Settings, SharedIndexSettings } from '../core/settings.ts';
import type { Span } from '../core/span.ts';
import type {
  CheckRecord,
  CompletionCandidate,
  Evidence,
  Prompt,
  Proposal,
  Requirement,
} from '../core/task.ts';
import type { Documents } from '../input/documents.ts';
import type { IndexState } from '../input/workspace/workspace-index.ts';
import type { CommitEvidence } from './evidence/of-commit.ts';
import type { KnownTrialTools } from './trials/trials.ts';

/** Something to offer in a menu. Small and serialisable: it travels in a code action's `data` or a command's arguments. */
export interface Offer {
  readonly uri: string;
  readonly version: number;
  readonly requirement: Requirement;
  /** An answer to it that stands at its target, and of which another is wanted. */
  readonly another?: string;
}

/** What became known of code that was there. */
export interface Validation {
  readonly version: number;
  /** In the span that was asked about. */
  readonly findings: readonly Finding[];
  readonly checks: readonly CheckRecord[];
}

export interface Diagnosis {
  readonly version: number;
  readonly findings: readonly Finding[];
}

/** A file on disk and what the checks say of it. */
export interface CheckedFile {
  readonly path: string;
  /** Where something was found. */
  readonly text?: string;
  readonly findings: readonly Finding[];
  /** Why it was not checked: unknown language, too large, binary, unreadable. */
  readonly skipped?: string;
}

export interface CompletionAnswer {
  readonly version: number;
  /** Best first. */
  readonly candidates: readonly CompletionCandidate[];
  /** Whether asking again as typing goes on may bring more. */
  readonly incomplete: boolean;
}

export interface CompletionQuestion {
  readonly uri: string;
  readonly offset: number;
  /** Whether the user asked for it by a key, which earns a slower and bolder answer. */
  readonly invoked: boolean;
  /** Whether the client can show several lines. */
  readonly multiline: boolean;
}

/** Code that vouch wrote and the user kept, followed through later edits. */
export interface Region {
  readonly span: Span;
  readonly evidence: Evidence;
}

export interface Folder {
  /** Absolute path. */
  readonly path: string;
  readonly settings: Settings;
}

export type NoticeLevel = 'error' | 'warning' | 'info';

export interface WorkbenchEvents {
  /** Something the user must see once: what happened and what to do. */
  readonly notice: (level: NoticeLevel, message: string) => void;
  readonly log: Run['log'];
  /** A question to the user. @returns the answer chosen; `undefined` where there is nobody to ask, or none was given. */
  readonly ask: (message: string, answers: readonly string[]) => Promise<string | undefined>;
  /** Findings of these open documents may be different now. */
  readonly findingsChanged: (uris: readonly string[]) => void;
}

export interface EngineStatus {
  readonly files: number;
  readonly bytes: number;
  readonly ready: boolean;
  /** Reason to number of files: what was left out of the index and why. */
  readonly leftOut: Readonly<Record<string, number>>;
}

export interface Status {
  readonly engine: EngineStatus;
  /** What is known of the workspace's declarations, and what was left out. */
  readonly index: IndexState;
  readonly models: readonly ModelStatus[];
  /** Language id to the parser in use for it, for those loaded so far. */
  readonly grammars: Readonly<Record<string, string>>;
}

export interface Workbench {
  readonly documents: Documents;
  readonly languages: readonly Language[];
  /** Folders with the settings in force in each, and those outside of any folder. May be called again at any time. */
  configure(folders: readonly Folder[], outside: Settings): void;
  /** Files changed on disk, by whomever. Absolute paths; folders are looked through. */
  filesChanged(paths: readonly string[]): void;
  /** Nobody else tells of changes on disk: vouch watches the folders itself from now on. */
  watch(): void;
  /** Findings in the scope that the settings name; an empty list for a document in an unknown language. */
  diagnose(run: Run, uri: string): Promise<Diagnosis>;
  /**
   * Findings of files on disk, a file at a time as they are done. Folders are walked (ignored files left out); a file
   * that is named is checked even when git ignores it.
   * @param paths absolute paths of files and folders.
   * @param since a git revision: only lines that differ from it count, and files that git does not track.
   */
  check(run: Run, paths: readonly string[], since?: string): AsyncIterable<CheckedFile>;
  /** What could be completed at the offset. Never throws for a model's failure: that is a notice. */
  complete(run: Run, question: CompletionQuestion): Promise<CompletionAnswer>;
  /** What could be asked for here; calls no model. */
  offers(
    run: Run,
    uri: string,
    span: Span,
    diagnostics: readonly OfferDiagnostic[],
  ): Promise<readonly Offer[]>;
  /**
   * From requirement to checked proposal.
   * @throws ModelFailure with a message for the user; Cancelled, also when the document changed under the request.
   */
  propose(run: Run, offer: Offer): Promise<Proposal>;
  /**
   * Has a span of a document, or all of it, looked at by all that can: checks, language servers, compilers, its examples
   * and its tests, as far as they may be started. What is found stays a diagnostic until its text is edited.
   * @throws Cancelled, also when the document changed under the request.
   */
  validate(run: Run, uri: string, span?: Span): Promise<Validation>;
  /** The request as it would be sent for an offer, or for a completion at an offset. Sends nothing. */
  prompt(run: Run, what: Offer | CompletionQuestion): Promise<Prompt>;
  /** The client applied it, or is about to: its text becomes a region when it appears in the document. */
  offered(uri: string, edits: Proposal['edits'], evidence: Evidence): void;
  /** It was written to disk by other means than an editor: its evidence is kept. */
  written(proposal: Proposal): void;
  regions(uri: string): readonly Region[];
  /** The user has looked at a region and keeps it: it is followed no longer. */
  accept(uri: string, region: Region): void;
  status(): Promise<Status>;
  /** What there is to try code by in a folder, and why it may not be started without asking, if so. */
  trialTools(folder: string): Promise<KnownTrialTools & { readonly refusal: string | undefined }>;
  /** How far the workspace is read; of `status`, what can be said without asking any model's server. */
  readiness(): Promise<Pick<Status, 'engine' | 'index'>>;
  /** Ends workers and requests. */
  dispose(): Promise<void>;
}

/** A diagnostic as the client sent it, the server's own or another's. */
export interface OfferDiagnostic {
  readonly span: Span;
  readonly message: string;
  readonly source?: string;
  readonly code?: string;
}

export interface ModelStatus {
  readonly role: string;
  readonly endpoint: string;
  readonly model: string;
  /** Where it comes from: a settings file, the client, or found on loopback. */
  readonly origin: string;
  readonly state: 'ready' | 'failed' | 'not-asked';
  readonly message?: string;
}

export type { CommitEvidence, FileEvidence } from './evidence/of-commit.ts';

/**
 * What is known of the generated code that a commit brought.
 * @param folder in the repository.
 * @throws Error for the user: no git, no repository, no such commit.
 */
export type EvidenceOfCommit = (run: Run, folder: string, revision: string) => Promise<CommitEvidence>;

/** What the terminal does with an index that a team keeps. */
export interface SharedIndexTools {
  /**
   * Sends what changed of a checkout, or of a folder in one.
   * @param name of a project that has no origin to be named by.
   * @throws Error for the user: no server, no right to write, no name, or another process is filling the same project.
   */
  fill(
    run: Run,
    address: SharedIndexSettings,
    folder: string,
    exclude: readonly string[],
    name?: string,
  ): Promise<SharedIndexFilled>;
  /** @throws Error for the user: no server, or nothing was filled in yet. */
  look(run: Run, address: SharedIndexSettings, folder: string): Promise<SharedIndexState>;
}

export interface SharedIndexFilled {
  /** The name that all checkouts of the repository share. */
  readonly project: string;
  readonly files: number;
  readonly sent: number;
  readonly dropped: number;
}

export interface SharedIndexState {
  readonly project: string;
  readonly files: number;
  readonly symbols: number;
  /** Without user and password. */
  readonly address: string;
}
