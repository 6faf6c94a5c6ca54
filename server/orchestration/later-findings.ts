// Findings that are told once more when what they were made without is there: answers of registries, the whole index.
import type { Analysis } from './analysis/analysis.ts';

export interface LaterFindings {
  /** Waits for names that are being looked up. */
  followLookUps(): Promise<void>;
  /** Waits for the index, once however often it is called meanwhile. */
  followIndex(): Promise<void>;
}

/** @param changed what was said of all open documents may be another now. */
export function createLaterFindings(
  analysis: Pick<Analysis, 'answered' | 'indexed'>,
  changed: () => void,
): LaterFindings {
  let awaitsIndex = false;
  return {
    async followLookUps() {
      if (await analysis.answered()) changed();
    },
    async followIndex() {
      if (awaitsIndex) return;
      awaitsIndex = true;
      try {
        if (await analysis.indexed()) changed();
      } finally {
        awaitsIndex = false;
      }
    },
  };
}
