// What the candidates of a task have done before, so that the next answers cost only what is new in them.
import {
  type AssertionResult,
  type Behaviour,
  type CandidateExamples,
  notAsked,
} from '../../validation/execution/index.ts';

/** Questions that are remembered of each kind: those of two tasks at a time. */
const mostQuestions = 2;

export interface Memory {
  readonly examples: Rows<CandidateExamples>;
  readonly behaviours: Rows<readonly Behaviour[]>;
  readonly assertions: Rows<readonly AssertionResult[]>;
  /** Called when a file has changed that candidates may read. */
  forget(): void;
}

export interface Rows<Row> {
  /**
   * One row a text: those that are known, and the others as `make` gives them.
   * @param question all that rows depend on besides the text.
   * @throws what `make` throws.
   */
  of(
    question: unknown,
    texts: readonly string[],
    make: (texts: readonly string[]) => Promise<readonly Row[]>,
  ): Promise<readonly Row[]>;
  forget(): void;
}

export function createMemory(): Memory {
  // What there was no time for may be run the next time.
  const memory = {
    examples: rowsThat<CandidateExamples>(({ results }) =>
      results.every((one) => one.outcome !== 'not-run' || one.why !== notAsked),
    ),
    behaviours: rowsThat<readonly Behaviour[]>((row) =>
      row.every((one) => one.kind !== 'not-run' || one.why !== notAsked),
    ),
    assertions: rowsThat<readonly AssertionResult[]>((row) => row.every((result) => result !== 'not-run')),
  };
  return {
    ...memory,
    forget() {
      for (const rows of Object.values(memory)) rows.forget();
    },
  };
}

/** @param last whether a row may be kept. */
function rowsThat<Row>(last: (row: Row) => boolean): Rows<Row> {
  const questions = new Map<string, Map<string, Row>>();
  return {
    async of(question, texts, make) {
      const key = JSON.stringify(question);
      const known = questions.get(key) ?? new Map<string, Row>();
      questions.delete(key);
      questions.set(key, known);
      for (const oldest of questions.keys()) if (questions.size > mostQuestions) questions.delete(oldest);
      const fresh = [...new Set(texts)].filter((text) => !known.has(text));
      const made = fresh.length > 0 ? await make(fresh) : [];
      const rowOf = new Map(fresh.map((text, index) => [text, made[index]!]));
      for (const [text, row] of rowOf) if (last(row)) known.set(text, row);
      return texts.map((text) => rowOf.get(text) ?? known.get(text)!);
    },
    forget: () => questions.clear(),
  };
}
