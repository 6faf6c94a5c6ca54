// What comes back from the client in `data` and in a command's arguments, as schemas. Loaded when first needed.
import * as z from 'zod/mini';
import { taskKinds } from '../core/task.ts';
import type { Offer } from '../orchestration/workbench.ts';
import type { FixChoice, Place, Scope } from './commands.ts';
import type { CandidateKey } from './shown.ts';

const offset = z.int().check(z.minimum(0));
const span = z
  .object({ start: offset, end: offset })
  .check(z.refine(({ start, end }) => start <= end, 'ends before it starts'));

export const offerSchema: z.ZodMiniType<Offer> = z.object({
  uri: z.string(),
  version: z.number(),
  requirement: z.looseObject({
    kind: z.enum(taskKinds),
    source: z.string(),
    title: z.string(),
    target: span,
    subject: span,
    prose: z.string(),
    symbol: z.exactOptional(z.object({ name: z.string(), signature: z.string() })),
  }),
  another: z.exactOptional(z.string()),
});

const place = { uri: z.string(), version: z.number(), span };
export const placeSchema: z.ZodMiniType<Place> = z.object(place);
/** A document, or a piece of it at a version. */
export const scopeSchema: z.ZodMiniType<Scope> = z.object({
  uri: z.string(),
  version: z.exactOptional(z.number()),
  span: z.exactOptional(span),
});
export const fixChoiceSchema: z.ZodMiniType<FixChoice> = z.object({ ...place, title: z.string() });

export const candidateSchema: z.ZodMiniType<CandidateKey> = z.object({
  list: z.int(),
  index: z.int(),
});
