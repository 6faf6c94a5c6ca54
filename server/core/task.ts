// What is asked, what is shown for it, and what came of it: the words of the straight line from requirement to proposal.
import type { Constraint } from './constraints.ts';
import type { Example } from './examples/index.ts';
import type { Finding } from './finding.ts';
import type { Message, Usage } from './model.ts';
import type { Snapshot } from './snapshot.ts';
import type { Edit, Span } from './span.ts';

export const taskKinds = ['implement', 'rewrite', 'document', 'tests', 'plan', 'fix'] as const;
export type TaskKind = (typeof taskKinds)[number];

/** Something that could be done at a place: found without a model, small enough to travel in a code action's `data`. */
export interface Requirement {
  readonly kind: TaskKind;
  /** How it was recognised: a file name under input/requirement. */
  readonly source: string;
  /** What the editor's menu shows: "Implement `parse_duration`". */
  readonly title: string;
  /** What the edit will replace. Empty for an insertion. */
  readonly target: Span;
  /** The construct around the target that the model must see whole: the function with its doc comment. */
  readonly subject: Span;
  /** The user's own words: doc comment, instruction, diagnostic message. */
  readonly prose: string;
  /** Signature or name of the subject, where it has one. */
  readonly symbol?: { readonly name: string; readonly signature: string };
}

/** What a task asks for, gathered from wherever it is said. */
export interface RequirementFacts {
  readonly signature?: string;
  /** The user's own words, as in `Requirement`. */
  readonly prose: string;
  /** Those of the comments in and around the subject, with spans in its document. */
  readonly examples: readonly Example[];
  readonly constraints: readonly Constraint[];
  /** What its comments refer to: headings and items of requirements documents. */
  readonly references: readonly RequirementReference[];
  /** Tests that name the subject, nearest first. */
  readonly tests: readonly RequirementTest[];
}

export interface RequirementReference {
  /** As the comment writes it: `REQ-12`, `#12`, `docs/orders.md#refunds`. */
  readonly label: string;
  /** Where it is said; absolute. */
  readonly path: string;
  readonly span: Span;
  /** The section or item, cut to a bound. */
  readonly text: string;
}

export interface RequirementTest {
  readonly name: string;
  readonly path: string;
  readonly text: string;
}

/** A piece of evidence for the prompt. */
export interface Snippet {
  readonly path: string;
  readonly span: Span;
  readonly text: string;
  /** The same said shorter, for a budget that has no room for all of it: a signature without its members. */
  readonly short?: string;
  /** Said about the place rather than copied from it: worth showing though the place itself is shown. */
  readonly note?: boolean;
  /** Why it is here, in a few words: "imported by this file". */
  readonly reason: string;
  /** Higher is kept first when the budget is short. */
  readonly score: number;
}

export interface Prompt {
  readonly messages: readonly Message[];
  readonly snippets: readonly Snippet[];
  /** Files whose text it holds, as it names them. */
  readonly files?: readonly string[];
  /** Counted with the tokenizer named in `budget.ts`; a model's own count may differ by a few per cent. */
  readonly tokens: number;
  /** As it would be sent to the configured endpoint; absent where none is configured. */
  readonly request?: { readonly url: string; readonly body: Readonly<Record<string, unknown>> };
}

/** Text of a model on its way to the buffer. */
export interface Draft {
  readonly text: string;
  readonly snapshot: Snapshot;
  readonly target: Span;
}

export type Verdict = 'vouched' | 'checked' | 'doubtful';

export interface CheckRecord {
  /** A check's or judge's name. */
  readonly name: string;
  readonly outcome: 'passed' | 'failed' | 'not-run';
  /** Why it was not run, or how many findings it had. */
  readonly note?: string;
  /** The program that decided, with its version where it told one; vouch itself when absent. */
  readonly tool?: string;
}

/** What is known about a generated piece of code, kept with its region. */
export interface Evidence {
  readonly verdict: Verdict;
  readonly checks: readonly CheckRecord[];
  readonly findings: readonly Finding[];
  readonly model: string;
  readonly usage?: Usage;
  readonly repairs: number;
  /** Answers asked for, of which this is the best; absent where it was the only one. */
  readonly samples?: number;
  /** Why it was chosen and has its verdict, a sentence each, where there is more to say than the checks do. */
  readonly reasons?: readonly string[];
  readonly milliseconds: number;
}

export interface Proposal {
  readonly requirement: Requirement;
  /** What the edits refer to: usually the document asked about; for tests, the test file. */
  readonly snapshot: Snapshot;
  /** Whether the snapshot's file does not exist yet and the edit must create it. */
  readonly creates: boolean;
  /** Edits against `snapshot`, the target first, then additional ones (imports). */
  readonly edits: readonly Edit[];
  readonly evidence: Evidence;
}

/** One thing to offer at the cursor. */
export interface CompletionCandidate {
  /** What stands between `replace.start` and the cursor is kept as its beginning. */
  readonly text: string;
  readonly replace: Span;
  readonly source: 'embedded' | 'model';
  /** 0 to 1. */
  readonly confidence: number;
  readonly additionalEdits: readonly Edit[];
  readonly evidence: Evidence;
}
