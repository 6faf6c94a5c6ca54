// How far the tracker of data goes: bounds that keep hostile or generated files from costing time.

/**
 * Expressions, calls and definitions looked at for one function; what is left unseen after that is silence. Within these
 * bounds it is one for each code unit that the function has, so that many functions cost no more than a long one.
 */
export const maxSteps = 60_000;
export const minSteps = 1_000;

/** How deep values are followed through definitions and nested calls: people write five, generated code a thousand. */
export const maxDepth = 24;

/** Definitions of one name that may reach one use: more come from generated tables. */
export const maxDefinitions = 12;

/** Pieces of one text that is put together; a longer one is judged by its beginning. */
export const maxParts = 40;

/** Code units of a constant that is kept for judging; SQL and shell texts are shorter. */
export const maxConstant = 4_000;

/** Code units before a use in which a condition may guard it. */
export const maxGuardText = 20_000;

/** Divisions that are looked at in one file. */
export const maxDivisions = 400;

/** Definitions that are passed on the way back, of which some always run. */
export const maxPassed = 64;
