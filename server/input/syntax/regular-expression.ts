// A text of the language files that must be a regular expression.
import * as z from 'zod/mini';

export const regularExpression = z.string().check(
  z.refine((source) => {
    try {
      return Boolean(new RegExp(source, 'u'));
    } catch {
      return false; // Not a regular expression: which is what is asked, and zod says so with the place.
    }
  }, 'must be a regular expression'),
);
