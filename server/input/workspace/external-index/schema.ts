// The tables of a team's index. The schema's name has the version of their form, so that two versions of vouch can share a
// server while a team moves from one to the other.

export const schemaName = 'vouch_index_1';

/**
 * Words of a declaration are kept as a full-text vector of hashes: they can be asked for, and say nothing by themselves.
 * What stands there in words is what a reader of the code sees first: paths, names, signatures, first lines of comments.
 */
export const createTables = `
CREATE SCHEMA IF NOT EXISTS ${schemaName};
CREATE TABLE IF NOT EXISTS ${schemaName}.file (
  project text NOT NULL, path text NOT NULL, language text NOT NULL, hash text NOT NULL, bytes integer NOT NULL,
  PRIMARY KEY (project, path));
CREATE TABLE IF NOT EXISTS ${schemaName}.symbol (
  project text NOT NULL, path text NOT NULL, number integer NOT NULL, name text NOT NULL, kind text NOT NULL,
  first integer NOT NULL, last integer NOT NULL, signature text NOT NULL, doc text NOT NULL, containers text[] NOT NULL,
  test boolean NOT NULL, words tsvector NOT NULL,
  PRIMARY KEY (project, path, number),
  FOREIGN KEY (project, path) REFERENCES ${schemaName}.file ON DELETE CASCADE);
CREATE INDEX IF NOT EXISTS symbol_name ON ${schemaName}.symbol (project, name);
CREATE INDEX IF NOT EXISTS symbol_words ON ${schemaName}.symbol USING gin (words);
CREATE TABLE IF NOT EXISTS ${schemaName}.call (
  project text NOT NULL, path text NOT NULL, name text NOT NULL, first integer NOT NULL, inside integer,
  FOREIGN KEY (project, path) REFERENCES ${schemaName}.file ON DELETE CASCADE);
CREATE INDEX IF NOT EXISTS call_name ON ${schemaName}.call (project, name);
CREATE INDEX IF NOT EXISTS call_file ON ${schemaName}.call (project, path);
CREATE TABLE IF NOT EXISTS ${schemaName}.import (
  project text NOT NULL, path text NOT NULL, module text NOT NULL, names text[] NOT NULL, keys text[] NOT NULL,
  FOREIGN KEY (project, path) REFERENCES ${schemaName}.file ON DELETE CASCADE);
CREATE INDEX IF NOT EXISTS import_keys ON ${schemaName}.import USING gin (keys);
CREATE INDEX IF NOT EXISTS import_file ON ${schemaName}.import (project, path);
`;

export const tables = ['file', 'symbol', 'call', 'import'] as const;

/** A hash of a word or name as a lexeme. */
export const lexeme = (hash: number): string => hash.toString(36);
