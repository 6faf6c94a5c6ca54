// What is run: a function in its file, as the parser read it, and candidates for it as whole texts of the file.

export interface ExecutionUnit {
  readonly languageId: string;
  /** Absolute path of the file. */
  readonly path: string;
  /** The project's folder, where the file belongs to one. */
  readonly root?: string;
  /** The function or method that is asked for, as its file names it. */
  readonly name: string;
  /** The class it is a member of. */
  readonly owner?: string;
  readonly parameters: readonly UnitParameter[];
  /** The written type of what it returns. */
  readonly returns?: string;
  /** The words of its comments, without their marks. */
  readonly comment?: string;
}

export interface UnitParameter {
  readonly name: string;
  readonly kind: 'positional' | 'either' | 'keyword' | 'rest' | 'keyword-rest';
  readonly optional: boolean;
  /** As written. */
  readonly type?: string;
}
