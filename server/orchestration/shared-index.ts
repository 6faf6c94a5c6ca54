// The terminal's work with an index that a team keeps: filling it from a checkout, and looking whether it answers.
import { createSyntax } from '../input/syntax/index.ts';
import { fillIndex, lookAtIndex } from '../input/workspace/external-index/index.ts';
import type { SharedIndexTools } from './workbench.ts';

export const sharedIndexTools: SharedIndexTools = {
  async fill(run, address, folder, exclude, name) {
    return fillIndex(run, address, folder, exclude, await createSyntax({ log: run.log }), name);
  },
  look: lookAtIndex,
};
