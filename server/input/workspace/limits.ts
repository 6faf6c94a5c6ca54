// How much of a workspace is looked at: sizes, counts and times, each with its reason.

/** Bytes of one file. Generated code and data lie above it; a parse of it still ends within a second. */
export const maxFileBytes = 2 * 1024 * 1024;

/** Files of one folder that are walked. Beyond it a workspace is a monorepo, of which the near part must do. */
export const maxFiles = 50_000;

/** Depth of folders; deeper only by accident, such as a copy of itself. */
export const maxDepth = 64;

/** Bytes in which a NUL is looked for: what git looks at to tell binary from text. */
export const binaryProbeBytes = 8000;

/** Parsed files kept with their facts. */
export const maxParsedFiles = 400;

/** Code units of the texts of all of them: facts take some thirty times as many bytes. */
export const maxParsedText = 2_000_000;

/** Milliseconds for which a folder listing is believed without asking the disk, if nobody tells of changes. */
export const listingTrustMs = 2000;

/** Answers on modules that are remembered: the imports of some thousand files. */
export const maxResolutions = 20_000;

/** Milliseconds that one git command may take: a blob of a large repository on a cold disk needs some hundred. */
export const gitTimeoutMs = 5000;

/** Bytes of one git answer: a file over the size limit is not compared. */
export const maxGitBytes = 16 * 1024 * 1024;

/** Milliseconds for comparing two texts line by line before the middle part counts as changed as a whole. */
export const diffTimeoutMs = 200;

/** Files looked through to learn what could be imported: it happens while the user waits, at about 0.1 ms a file. */
export const maxIndexedFiles = 5000;

/** Files that are parsed to be certain that one declares a name. */
export const maxCandidates = 8;

/** Declaration files of installed type packages that are read for their global names, and their bytes in all. */
export const maxAmbientFiles = 300;
export const maxAmbientBytes = 8 * 1024 * 1024;

/** Modules that are named when one is missing: more than a menu can show helps nobody. */
export const maxNearest = 3;

/** Code units of a signature in the index: some ten lines. Longer ones are generated, or a table. */
export const maxSignatureLength = 800;

/** Code units of the first line of a declaration's documentation. */
export const maxDocLength = 200;

/** Declarations and calls of one file that are indexed: what people write has fewer by far. */
export const maxSymbolsPerFile = 10_000;
export const maxCallsPerFile = 50_000;

/** Different words of one declaration by which it is compared: beyond it is a whole module in one class. */
export const maxWordsPerSymbol = 300;

/** Declarations that are looked at for one question of similarity, counted once a word: some milliseconds. */
export const maxPostings = 200_000;

/** Places of one name that are looked at: of a name that is everywhere, the nearest are found among the first. */
export const maxOccurrences = 5_000;

/** Importing files whose imports are resolved for one question, at some 20 µs each. */
export const maxImporters = 400;

/** Bytes of source of one folder that are indexed: a tenth of it is what the index then takes in memory. */
export const maxIndexBytes = 256 * 1024 * 1024;

/** What is sent to a thread at once: enough that sending costs nothing, little enough that all cores end together. */
export const maxBatchBytes = 512 * 1024;
export const maxBatchFiles = 200;

/** Segments of fewer files are small; of more small ones than this, one is made. */
export const smallSegmentFiles = 20;
export const maxSmallSegments = 32;

/** Milliseconds after the last change at which the index is saved. */
export const saveDelayMs = 1000;

/** Milliseconds after which a file in the index's cache that nothing names is removed: far longer than a save takes. */
export const orphanAgeMs = 60 * 60 * 1000;

/** Milliseconds after which the cache of a folder that nobody opened is removed, and bytes of all caches. */
export const maxCacheAgeMs = 30 * 24 * 60 * 60 * 1000;
export const maxCacheBytes = 1024 * 1024 * 1024;

/** Folders that are watched one by one: half of the least that systems grant a user, whose other programs watch, too. */
export const maxWatches = 4096;

/** Milliseconds for which changes are gathered: a checkout changes hundreds of files at once. */
export const watchDelayMs = 10;

/** Changed paths that are told one by one; of more, the workspace is looked through as a whole. */
export const maxWatchedPaths = 500;
