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

/** Snippets in all: prompts have room for fewer. */
export const maxSnippets = 40;

/** Steps of re-export that are followed to a definition. */
export const maxReexports = 5;

/** Milliseconds for following imports, of which the most relevant come first: a cold workspace must be parsed for it. */
export const followImportsMs = 300;
