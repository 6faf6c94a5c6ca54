// How much running code may cost, in one place.
import { availableParallelism } from 'node:os';

/**
 * Sent to the harness. Times of the processor, where nothing else is said: a busy machine must not change what is found.
 */
export const harnessLimits = {
  /** To load a candidate's module, with what it imports. */
  loadSeconds: 3,
  /** For one question: a call that a doc comment or a test makes answers in milliseconds. */
  questionSeconds: 0.4,
  /** A candidate that was too slow so often has the rest asked with little patience. */
  slowQuestions: 3,
  laterSeconds: 0.05,
  /** How many times as long by the clock, for one that sleeps. */
  patience: 5,
  /** For all questions to one candidate, after which those that are left count as not ended. */
  candidateSeconds: 2,
  /** By the clock, besides the time of the processor, before a candidate that sleeps or stands still is ended. */
  graceSeconds: 2,
  /** Bytes of one candidate's data. */
  memory: 768 * 1024 ** 2,
  /** Candidates at one time. */
  processes: Math.max(1, Math.min(4, availableParallelism())),
  /** Times that a candidate which ended its own process is started again for what is left. */
  deaths: 2,
  /** Characters of a value that are kept; what is longer is told by its beginning and a hash. */
  text: 300,
} as const;

/** For all candidates together, by the clock. What was not asked by then is told as not run. */
export const batchMilliseconds = 90_000;

/** Bytes of answers of one batch: a hundred candidates at two hundred inputs, with long values. */
export const batchOutput = 48 * 1024 ** 2;

/** Processes of a batch: each candidate may have some threads of its own. */
export const batchProcesses = 128;

/** To compile one program of a compiled language, by the clock: the first time compiles its standard library. */
export const buildMilliseconds = 60_000;

/** Bytes of memory of a compiler or of one program of a virtual machine, and of one file that it writes. */
export const buildMemory = 4 * 1024 ** 3;
export const buildFile = 256 * 1024 ** 2;

/** Times that a program is compiled without what the last errors were about: compilers find them in several steps. */
export const buildRounds = 8;

/** Questions, each times the candidates, that are compiled together: a thousand take seconds. */
export const maxCompiled = 400;

/** Inputs that are made for one unit. */
export const maximumInputs = 120;
