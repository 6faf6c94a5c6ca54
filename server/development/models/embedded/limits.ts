// How much the engine learns, looks at and proposes: every limit with its reason.

/** A file above this is data or generated more often than written, and would keep a question waiting: in characters. */
export const maxFileLength = 256 * 1024;

/** All text that is kept, in characters. At about three bytes of memory a character this stays under 200 MB. */
export const maxTotalLength = 64 * 1024 * 1024;

/** Tokens of all text that is kept, so that each has a place in three bytes: code has one for each four characters. */
export const maxTotalTokens = 16_000_000;

/** The part of both that files of data may take, so that code finds room however many of them are read before it. */
export const dataShare = 1 / 4;

/** A mean line above this is minified or data, in characters. Prose in long lines stays below it. */
export const maxMeanLineLength = 250;

/** How far into a file a mark of generated code is looked for, in characters: such marks stand at the top. */
export const generatedMarkReach = 1_500;

/** Longer words are cut into pieces: base64 and hashes would fill the vocabulary. Characters. */
export const maxWordLength = 160;

/** Tokens of context that are compared. Longer agreement adds nothing to the choice of the next token. */
export const maxOrder = 32;

/** Places looked at for each order of context and segment: more change no answer, only the time. */
export const maxSamples = 32;

/** Places of a segment after which shorter agreement is not looked at any more. */
export const enoughSamples = 64;

/** Places of the open document looked at for each chain, the nearest first. */
export const maxChainSteps = 32;

/** Tokens of new text that are gathered before a segment is made of them; small, so that they count soon. */
export const segmentTokens = 400_000;

/** New segments have at least this part of all tokens, so that a large project needs no merging while it is read first. */
export const growth = 3;

/** Segments of like size are merged above this number, since each costs time in every question. */
export const maxSegments = 6;

/**
 * Tokens of segments that are merged when there is time: each segment is asked in every prediction, so one large answers
 * faster than some. Merging takes some twenty bytes a token while it lasts.
 */
export const maxMergedTokens = 4_000_000;

/** A segment is merged with smaller ones when these have at least this part of its tokens together: sorting costs as well. */
export const worthMerging = 1 / 4;

/** Tokens before the cursor that a question looks at. */
export const contextLength = 96;

/** Characters of the open document looked at on either side of the cursor: bounds the time of one keystroke. */
export const maxDocumentLength = 100_000;

/** A suggestion never takes longer than this, in milliseconds: it must be there with the keystroke. */
export const hardStopMs = 15;

/** Tokens of one proposed line; what is longer is seldom right to its end. */
export const maxLineTokens = 40;

/** Lines of one proposed block. */
export const maxLines = 6;

/** Beginnings of a line of each length that are followed, and tokens that each goes on with. */
export const beamWidth = 8;
export const maxBranches = 5;

/** Tokens predicted while lines are looked for. Counted, so that answers are the same on any machine; 200 find no more lines. */
export const maxSearchPredictions = 80;

/** Open documents whose chains are kept between questions, about a megabyte each. */
export const maxOpenIndexes = 4;
