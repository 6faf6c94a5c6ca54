// How much running code may cost, in one place.
import { availableParallelism } from 'node:os';

/**
 * Sent to the harness. Times of the processor, where nothing else is said: a busy machine must not change what is found.
 */
export interface HarnessLimits {
  /** To load a candidate's module, with what it imports. */
  readonly loadSeconds: number;
  /** For one question: a call that a doc comment or a test makes answers in milliseconds. */
  readonly questionSeconds: number;
  /** A candidate that was too slow so often has the rest asked with little patience. */
  readonly slowQuestions: number;
  readonly laterSeconds: number;
  /** How many times as long by the clock, for one that sleeps. */
  readonly patience: number;
  /** For all questions to one candidate, after which those that are left count as not ended. */
  readonly candidateSeconds: number;
  /** By the clock, besides the time of the processor, before a candidate that sleeps or stands still is ended. */
  readonly graceSeconds: number;
  /** Bytes of one candidate's data. */
  readonly memory: number;
  /** Candidates at one time. */
  readonly processes: number;
  /** Times that a candidate which ended its own process is started again for what is left. */
  readonly deaths: number;
  /** Characters of a value that are kept; what is longer is told by its beginning and a hash. */
  readonly text: number;
}

export const harnessLimits: HarnessLimits = {
  loadSeconds: 3,
  questionSeconds: 0.4,
  slowQuestions: 3,
  laterSeconds: 0.05,
  patience: 5,
  candidateSeconds: 2,
  graceSeconds: 2,
  memory: 768 * 1024 ** 2,
  processes: Math.max(1, Math.min(4, availableParallelism())),
  deaths: 2,
  text: 300,
};

/**
 * The same for inputs that were made up: one at which a candidate never ends must leave time for all that come after it.
 */
export const inputLimits: HarnessLimits = {
  ...harnessLimits,
  questionSeconds: 0.1,
  slowQuestions: 2,
  laterSeconds: 0.02,
};

/** The same for properties, of which each is many calls, and the functions of a file are asked of at once. */
export const propertyLimits: HarnessLimits = {
  ...harnessLimits,
  questionSeconds: 1,
  slowQuestions: 1,
  laterSeconds: 0.2,
  candidateSeconds: 15,
};

/** Calls with made inputs for one property: most of what they find, the first fifty do. */
export const propertyExamples = 60;

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
