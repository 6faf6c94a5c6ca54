// What the doctor has to say of one thing.

export interface Row {
  /** `bad` makes the exit code 1; `missing` is something that vouch does without. */
  readonly state: 'good' | 'missing' | 'bad' | 'fact';
  readonly text: string;
  /** What to do; every bad row has it. */
  readonly advice?: string;
}

export interface Section {
  readonly title: string;
  readonly rows: readonly Row[];
}
