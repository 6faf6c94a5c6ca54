// How often a model's completions are what is meant: models do not say how sure they are, so it is learned from what became
// of those that were offered, in this session.
import type { CompletionCandidate } from '../core/task.ts';
import type { DocumentEvent } from '../input/documents.ts';
import { createEngineOutcomes } from './engine-outcomes.ts';

/** What is assumed of a model that someone has configured: the engine must be surer than this to come first. */
const assumed = 0.8;

/** As many outcomes as the assumption counts for. */
const assumedOutcomes = 20;

/** Older outcomes count less: another model may be configured, another kind of work be done. */
const fading = 0.98;

export interface ModelTrust {
  /** The share of a model's answers that are taken, 0 to 1. */
  confidence(): number;
  /** What is offered now in a document; `undefined` where a model has nothing to offer. */
  offered(uri: string, candidate: CompletionCandidate | undefined): void;
  follow(event: DocumentEvent): void;
}

export function createModelTrust(): ModelTrust {
  let taken = 0;
  let all = 0;
  const outcomes = createEngineOutcomes((_uri, _proposed, cameTrue) => {
    taken = taken * fading + (cameTrue ? 1 : 0);
    all = all * fading + 1;
  });
  return {
    confidence: () => (assumed * assumedOutcomes + taken) / (assumedOutcomes + all),
    offered(uri, candidate) {
      // What replaces text besides is not told from what the user writes there.
      const inserts = candidate && candidate.replace.start === candidate.replace.end;
      outcomes.offered(uri, inserts ? { ...candidate, start: candidate.replace.start } : undefined);
    },
    follow(event) {
      if (event.type === 'changed') outcomes.changed(event.snapshot.uri, event.edits, event.snapshot.text);
      else if (event.type === 'closed') outcomes.forget(event.uri);
    },
  };
}
