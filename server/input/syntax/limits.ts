// How much the syntax room takes on, each limit with its reason.

/**
 * Code units above which a text is not parsed. Source that people write stays far below it; a bundle or a data dump of
 * this size takes about half a second, which is what a reader waits without asking what is wrong.
 */
export const maxParsedLength = 2_000_000;

/**
 * Milliseconds one parse may take. Some texts (deep nesting, a long run of errors) cost far more than their length says;
 * ten times the usual time at the size limit means that the parser is lost in one.
 */
export const maxParseMilliseconds = 5_000;

/** Edits that are told to the parser one by one; more are told as one that spans them all, which is cheaper by then. */
export const maxSingleEdits = 16;

/**
 * Code units that a chunk has at least where it consists of several top-level nodes: about sixty lines. Smaller ones make
 * an edit no cheaper, since each query has a fixed cost, and whole files dearer.
 */
export const minChunkLength = 2_000;

/**
 * Code units from which a top-level node with an error inside is not searched for unbound names: about six hundred lines.
 * Mostly an open bracket has swallowed the rest of the file, nearly every use would be doubtful, and each key would cost
 * the reading of it all.
 */
export const maxBrokenLength = 20_000;

/**
 * How deep below the root an outline looks for declarations. All but three in a hundred begin above it; the expressions
 * below it are most of the tree.
 */
export const maxOutlineDepth = 7;

/** How deep an outline looks for imports: all but those within functions. */
export const maxImportDepth = 4;

/**
 * Levels of a tree below which nothing is read of a file but its syntax errors: queries take time by the square of the
 * depth, which at this one is some tenths of a second. Code that people write has some thirty levels; a text joined of
 * hundreds of pieces by a sign, or a long chain of `else if`, has a few hundred.
 */
export const maxTreeDepth = 600;

/** Nodes side by side in a place that the parser made nothing of; more than these cost as much as too many levels. */
export const maxLooseNodes = 3_000;
