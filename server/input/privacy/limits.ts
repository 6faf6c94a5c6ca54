// Lengths, in code units, by which secrets are told from words and numbers.

/** Longer ones are certificates, data or generated code. Private keys and web tokens are found by their form. */
export const maxRandom = 512;

/** A key of 16384 bits in PEM form has some 12600; PGP blocks with several subkeys more. */
export const maxPrivateKey = 32_768;

/** The longest name that is looked at around a word such as `token`. */
export const maxName = 80;

/** Keys and tokens that machines make are longer; below it, names and versions begin. */
export const minRandom = 12;

/** The same where no quotes say that it is a text: code has many names that look like a short token. */
export const minRandomBare = 16;

/** Passwords that people choose; shorter ones guard nothing, longer ones are text. */
export const minPassword = 6;
export const maxPassword = 128;

/** Passwords of several words; without any digit it takes more of them to be no name. */
export const minPassphrase = 12;
export const minWordsOnly = 20;

/** A value that is found once is replaced wherever it stands again, if it is long enough not to be a word. */
export const minRepeated = 6;

/** Letters and digits before and after do not matter for values at least this long. */
export const minUnmistakable = 16;

/** Values that are looked for elsewhere: a text with more is a list of secrets, in which the rules see each. */
export const maxRepeated = 200;
