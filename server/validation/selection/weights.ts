// How much each kind of evidence counts in a choice. Chosen by `bench/select` on one half of its tasks; none is sharp.

export const weights = {
  /** What is left of a candidate's weight for each example that fails: of right answers, about 3 in 100 fail any. */
  exampleFailed: 0.02,
  /** The same where candidates are asked what most of them do at an input: one that fails an example is right elsewhere. */
  voiceExampleFailed: 0.1,
  /** For findings of checks, and of judges: seldom wrong, but not about behaviour. */
  fault: 0.1,
  sign: { placeholder: 0.05, 'no-return': 0.05, 'unused-parameter': 0.2, constant: 0.1 },
  conduct: { slow: 0.3, 'letter-case': 0.1 },
  /** For properties that do not hold: so it was with 1 in 100 of right answers, and with 1 in 5 of wrong ones. */
  broken: 0.1,
  /** For a failed test of the project. */
  projectTestFailed: 0.02,
  /** Exponents: of the number of candidates that do the same, of their agreement with all at each input, of tests. */
  size: 0.6,
  agreement: 4,
  tests: 10,
  /** Added to each test's score, so that none decides alone. */
  testFloor: 0.02,
} as const;

export type Weights = {
  readonly [Key in keyof typeof weights]: (typeof weights)[Key] extends number
    ? number
    : { readonly [One in keyof (typeof weights)[Key]]: number };
};
