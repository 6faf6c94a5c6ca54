// How long a judge may take, how much it may say, how often it may die: all in one place, with the reason.

export interface OracleLimits {
  /** Milliseconds to answer `initialize`: a JVM on a busy machine needs half a minute. */
  readonly initialize: number;
  /** Milliseconds until it has read the project: build tools of large ones take a minute and more. */
  readonly ready: number;
  /** Milliseconds for the diagnostics of one text; one that takes longer than this hangs. */
  readonly verdict: number;
  /** Milliseconds for facts: a prompt does not wait longer for what it can do without. */
  readonly facts: number;
  /** Milliseconds from being asked to leave until it is ended. */
  readonly leave: number;
  /** Milliseconds without a question after which it is ended: it holds hundreds of megabytes. */
  readonly idle: number;
  /** How often it may die within `deathsWithin` milliseconds before it is left alone until they have passed. */
  readonly deaths: number;
  readonly deathsWithin: number;
  /** Servers that run at once; the one that was not asked for longest makes room. */
  readonly servers: number;
  /** Bytes of one message: completions of a large global scope have some megabytes. */
  readonly message: number;
  /** Bytes that it may send from one question to the next. */
  readonly traffic: number;
  /** Lines of its own that reach the log, from start to end. */
  readonly logged: number;
  /** Diagnostics of one file that are looked at. */
  readonly diagnostics: number;
  /** Files besides the judged one that are asked about, since its callers may not fit it any more: each takes as long. */
  readonly dependents: number;
  /** Milliseconds for all of those together; they are no part of the verdict when they take longer. */
  readonly further: number;
  /** Milliseconds for one run of a compiler: a first build of dependencies takes its time. */
  readonly compile: number;
}

export const oracleLimits: OracleLimits = {
  initialize: 60_000,
  ready: 120_000,
  verdict: 20_000,
  facts: 3_000,
  leave: 1_000,
  idle: 5 * 60_000,
  deaths: 3,
  deathsWithin: 10 * 60_000,
  servers: 6,
  message: 32 * 1024 ** 2,
  traffic: 64 * 1024 ** 2,
  logged: 50,
  diagnostics: 2_000,
  dependents: 6,
  further: 5_000,
  compile: 60_000,
};

/** Characters of a line of the log, or of a message that is shown: more helps nobody. */
export const shownCharacters = 500;

/** Characters of standard error that are kept: its end says why a program died. */
export const errorCharacters = 4_000;

/** Milliseconds after the last question on a file until it is shown as it is again: the next candidate may come at once. */
export const restoreAfter = 200;

/** Milliseconds for which diagnostics of a text may stand in for asking again: another file may have changed since. */
export const beforeLasts = 30_000;

/** Bytes of a file that is shown for being a dependent: larger ones are made by programs. */
export const dependentBytes = 1024 ** 2;

/** Faults in other files that are told, of different kinds; and places of each: a changed signature may have hundreds of callers. */
export const faultsTold = 5;
