// What prompts say of a document in a language that vouch has no grammar for.
import type { Language } from '../../core/language.ts';

export const plainLanguage = (id: string): Language => ({
  id,
  name: id,
  aliases: [],
  extensions: [],
  filenames: [],
  comment: {},
  indented: false,
  indent: '    ',
  placeholders: [],
  builtins: [],
  grammar: { package: '', wasm: '' },
});
