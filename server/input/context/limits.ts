// How much evidence is gathered: enough for the largest prompts, little enough for every keystroke.

/** Lines on either side of the place whose names say what it is about: about a screen. */
export const nearbyLines = 30;

/** Code units of one signature. Longer ones are tables of defaults or types, of which the first lines tell most. */
export const maxSignature = 1000;

/** Code units of a doc comment's first line. */
export const maxDocLine = 120;

/** Members shown of a class that the place names, those nearest by name first; beyond it the reader gets the idea. */
export const maxMembers = 40;

/** Members shown of a class that the place does not name: it is there to be known of, not to be used at length. */
export const maxMembersAside = 8;

/** Top-level signatures shown of the file itself. */
export const maxSiblings = 40;

/** Snippets in all: the largest prompts have room for fewer. */
export const maxSnippets = 120;

/** Steps of re-export that are followed to a definition. */
export const maxReexports = 5;

/**
 * Milliseconds for following imports, of which those named near the place come first: a cold workspace must be parsed for
 * it, and what was parsed for one completion is there for the next.
 */
export const followImportsMs = { completion: 25, invoked: 500, task: 500 } as const;

/** Code units of a definition whose names are compared with those around the place. */
export const maxComparedText = 1500;

/** Code units on either side of the place in which uses of names are counted: some five thousand lines. */
export const maxPlaceText = 200_000;

/** Steps from a class to its bases' bases; beyond it the members are those of frameworks. */
export const maxBaseDepth = 3;

/** Types shown of variables near the place. */
export const maxTypesInPlay = 12;

/** Code units of a piece of another file: some forty lines. */
export const maxExcerpt = 1600;

/** Lines on either side of a call: the arguments and what is done with the result. */
export const callLines = 2;

export const maxCallers = 5;

export const maxTests = 3;

export const maxSimilar = 4;

/** Terms by which similar code is looked for: more make the search slower and no better. */
export const maxSimilarTerms = 60;

/** Places remembered of where the user was. */
export const maxRecentPlaces = 20;

/** Of them, so many are shown, with so many lines on either side. */
export const maxRecentShown = 5;
export const recentLines = 3;

/** Code units between two edits that belong to one place: a few lines. */
export const editJoin = 200;

export const maxDiagnostics = 5;

export const maxPackages = 12;

/** Changed files that are compared with their commit, and pieces shown of them. */
export const maxChangedFiles = 8;
export const maxHunks = 8;

/** Milliseconds for which git's list of changed files is believed. */
export const uncommittedTrustMs = 5000;

/**
 * Milliseconds that a source may take, by what is asked for: a completion is asked for at each key and should start within
 * 40 ms, a task takes seconds anyway.
 */
export const sourceMs = { completion: 20, invoked: 1000, task: 1000 } as const;

/** Answers on names that are remembered: the imports of some hundred files. */
export const maxDefinitions = 10_000;
