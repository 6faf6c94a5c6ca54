// Which columns a segment has. A change of it, or of what is put into it, must raise the version.

/** Part of the cache's folder name: segments of another version are never looked at. */
export const indexVersion = 1;

/**
 * Suffixes: `From` has one more row than the list it is about, and says where each row's part of the next list begins.
 * Strings are named by their place in `stringFrom`; 0 is the empty string.
 */
export const layout = {
  /** UTF-8. */
  stringBytes: 'u8',
  stringFrom: 'u32',
  /** Strings that are names, sorted by hash: for finding one. */
  nameHash: 'u32',
  nameString: 'u32',

  filePath: 'u32',
  fileLanguage: 'u32',
  fileSize: 'f64',
  fileModified: 'f64',
  /** Content hash, in two halves. */
  fileHash: 'u32',
  fileSymbolFrom: 'u32',
  fileImportFrom: 'u32',
  fileAmbientFrom: 'u32',
  ambientName: 'u32',

  symbolName: 'u32',
  symbolKind: 'u8',
  symbolTest: 'u8',
  symbolStart: 'u32',
  symbolEnd: 'u32',
  symbolSignature: 'u32',
  symbolDoc: 'u32',
  /** Index in the segment, plus one; 0 at the top level. */
  symbolContainer: 'u16',
  /** How many different words it has. */
  symbolWords: 'u16',
  /** Symbols sorted by the string of their name. */
  symbolByName: 'u16',

  importModule: 'u32',
  importNameFrom: 'u32',
  importName: 'u32',
  /** Files by what their imports may lead to: hashes of last names of modules and of imported names, sorted. */
  importKey: 'u32',
  importKeyFile: 'u16',

  /** Called names in order, the calls of each, and where they are. */
  calledName: 'u32',
  calledFrom: 'u32',
  callFile: 'u16',
  callStart: 'u32',

  /** Hashes of words in order, and the symbols that have each. */
  wordHash: 'u32',
  wordFrom: 'u32',
  wordSymbol: 'u16',
} as const;

/** What 16 bits can name, less the value that means none. */
export const maxSegmentSymbols = 65_000;
export const maxSegmentFiles = 65_000;
