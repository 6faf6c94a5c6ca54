// What `grammars/<language>/types.json` says of values and their types: enough to tell what a simple expression is.

export interface TypeRules {
  /** Expressions whose type is seen at a glance, tried in order. */
  readonly literals: readonly LiteralRule[];
  /** Members that classes have themselves, by what they are instances of. */
  readonly classMembers: readonly string[];
  /** What every class without a written base extends. */
  readonly rootType?: string;
  /** The module whose names need no import. */
  readonly builtinModule?: string;
  /** How a class becomes an instance: by this word before the call (`new`); absent where calling it is enough. */
  readonly construction?: string;
  /**
   * Functions that the language itself gives, and types that convert what they are called with: their parameters, `size?` where
   * one may be left out, `...sizes` where there may be any number.
   */
  readonly functions: Readonly<Record<string, string>>;
  /** Modifiers of what only says one more way to call a function. */
  readonly overloads: readonly string[];
  /** Types whose argument is what a class makes; whose last argument is what a function gives. */
  readonly classOf: readonly string[];
  readonly functionTypes: readonly string[];
  /** Bases whose arguments are the type parameters of a class. */
  readonly generic: readonly string[];
  /** Names of the members that take the arguments of a construction, nearest class first; `{name}` for the class's own. */
  readonly constructors: readonly string[];
  /** The member by which a value is called that is no function. */
  readonly called?: string;
  /** The word for the instance within a method; absent where it is the first parameter. */
  readonly receiver?: string;
  /** Regular expression: text between the beginning of a method and a use of the receiver by which it is another one. */
  readonly otherReceiver?: string;
  /** Whether a call may pass more or fewer arguments than are declared, and nobody minds. */
  readonly lenientCalls?: boolean;
  /** Whether an assignment in a function may be to a name of what is around it, without saying so. */
  readonly assignsOutward?: boolean;
  /** The folder under `grammars/` that has the declarations that come with vouch; the language's own where absent. */
  readonly data?: string;
  /** Behind a type: many of it, in the builtin type that is named. */
  readonly many?: readonly [mark: string, type: string];
  /** What a file's own package is asked for by, where its files see each other's names without import. */
  readonly package?: string;
  /** Regular expression whose group is the name of the package that a file says it belongs to. */
  readonly packageClause?: string;
  /** Regular expression over the names of packages that nobody imports. */
  readonly closedPackage?: string;
  /** Regular expression at the beginning of a written type: what changes nothing of its members. */
  readonly prefix?: string;
  /** Regular expression over an expression that a closing bracket ends: its group is the type that is made. */
  readonly composed?: string;
  /** What every enum extends. */
  readonly enumType?: string;
  /** Whether an import names a class by its package. */
  readonly classImports?: boolean;
  /** Whether the members of classes are named without the instance in them, methods apart from values. */
  readonly bareMembers?: boolean;
  /** Regular expression over the signature of what only adds members to a class that is declared on its own. */
  readonly part?: string;
  /** Whether members may come from anywhere, so that only one that is nearly another one is told. */
  readonly openMembers?: boolean;
  /** Regular expression over names that only the constants of an enumeration have. */
  readonly enumOnly?: string;
  /** What a method's first parameter is called where that is its receiver, given by the call. */
  readonly writtenReceiver?: string;
  /** Regular expression whose first group that matches is a member that is set on something else than the receiver. */
  readonly givenMembers?: string;
  /** Regular expression over what the first parameter of a method is called where it is the receiver for certain. */
  readonly receiverNames?: string;
  /** Whether values have the members of their declared types and never others: nothing is set, mixed in or answered. */
  readonly fixedMembers?: boolean;
  /** How types are written by what a value has: objects, functions, unions and names for those; absent where they are not. */
  readonly structural?: StructuralRules;
  /** Regular expression over the names of members that are computed: what they are called, only running it tells. */
  readonly computedMember?: string;
  /** Regular expression over a manifest whose group is a package that gives names to all files, of which only it knows. */
  readonly ambientPackage?: string;
  /** Regular expression over a manifest that names a tool by which names are imported without being asked for. */
  readonly autoImport?: string;
  /** The member that gives what a value is gone through with. */
  readonly iterator?: string;
  /** Names of the type parameters of builtin types, where their declarations do not say them. */
  readonly typeParameters: Readonly<Record<string, readonly string[]>>;
  /** The brackets around the written types of several results: `(int, error)`. */
  readonly results?: readonly [open: string, close: string];
  /** Whether a call as the only argument may stand for several. */
  readonly callsSpread?: boolean;
  /** Regular expression over the arguments of a call some of which are passed on a condition of the build. */
  readonly partialCall?: string;
  /** The word for the base classes' view of the instance, called where the language calls it. */
  readonly base?: string;
  /** Modifiers by which a method has the class, or nothing, as its receiver; by which it is read like a field. */
  readonly onClass: readonly string[];
  readonly onNothing: readonly string[];
  readonly property: readonly string[];
  /** Modifiers of functions and classes that change nothing of how they are called and what members they have. */
  readonly transparent: readonly string[];
  /** Whether nothing else in front of a declaration changes that either: what decorators do, its type does not tell. */
  readonly fixedDeclarations?: boolean;
  /** Modifiers of functions that keep the parameters and give back something else than is written. */
  readonly otherResult: readonly string[];
  /** Regular expression over `module.name` of types that come with the language and are there to be extended. */
  readonly openType?: string;
  /** Regular expression over the written bases of classes that have no members but those in them. */
  readonly closedBase?: string;
  /** The word before an expression that waits for it, and which type argument it then gives out, by names of types. */
  readonly awaits?: string;
  readonly awaited: Readonly<Record<string, number>>;
  /** Members of what may be waited for; empty where waiting for anything else is a mistake. */
  readonly waitable: readonly string[];
  /** Modifiers of functions whose result must be waited for. */
  readonly awaitable: readonly string[];
  /** Regular expression over the signature of a function that is called as a type says which is written for its name. */
  readonly typedApart?: string;
  /** Members of what stands in a class for something else: `__get__`. */
  readonly descriptors: readonly string[];
  /** Members whose result is what entering gives; modifiers of functions by which their result's elements are that. */
  readonly entered: readonly string[];
  readonly entering: readonly string[];
  /** The word before what a function gives back; regular expression over its body: it gives back what no such word says. */
  readonly returns?: string;
  readonly otherReturns?: string;
  /** Absent where no constructor is made from fields. */
  readonly fields?: FieldRules;
  /** Modules whose classes are not constructed as their members say. */
  readonly openConstructors: readonly string[];
  /** A member of such a name answers for names that are not declared. */
  readonly dynamicMembers: readonly string[];
  /** Regular expression: text in a class by which it may get further members as it runs. */
  readonly dynamicClass?: string;
  /** Regular expression whose group is the name of a class that may get further members from outside of it. */
  readonly extendedClass?: string;
  /** Regular expression: text in a module by which it may get further names as it runs. */
  readonly dynamicModule?: string;
  /** Regular expression over the names of classes that count on members which those that extend them bring; over their text. */
  readonly abstractClass?: string;
  readonly abstractText?: string;
  /** Written bases that bring no members and hide none: `Generic`, `metaclass=ABCMeta`. Regular expression. */
  readonly emptyBase?: string;
  /** Written bases of a class by which a value of it may have any further members. Regular expression. */
  readonly structuralBase?: string;
  /** Type names that say nothing. */
  readonly anything: readonly string[];
  /** Between types of which a value has one. */
  readonly union: string;
  readonly brackets: readonly [open: string, close: string];
  /** Type names for "no value". */
  readonly nothing: readonly string[];
  /** Generic names: any of the arguments; the argument or nothing; the first argument. */
  readonly anyOf: readonly string[];
  readonly orNothing: readonly string[];
  readonly first: readonly string[];
  /** The receiver's own type. */
  readonly self: readonly string[];
  /** Other names of builtin types, by their last part. */
  readonly aliases: Readonly<Record<string, string>>;
  /**
   * Which type argument going through it, and a subscript, gives out, by the names of types; -1 for the type itself. Values
   * of these stay what they are when they are added to.
   */
  readonly elements: Readonly<Record<string, number>>;
  readonly items: Readonly<Record<string, number>>;
  /** Types of what is left of the arguments, by how a parameter takes it. */
  readonly left: Readonly<Record<string, string>>;
  /** Types whose arguments are those of their parts, one each. */
  readonly tuples: readonly string[];
  /** The words that begin what goes through a value. */
  readonly each: readonly string[];
  /** Members whose result going through a value gives out, where the value is not among `elements`: `__next__`. */
  readonly iterated: readonly string[];
  /** The words between the parts of an expression that is one of two others, and which of its parts those are. */
  readonly conditional?: { readonly words: readonly string[]; readonly values: readonly number[] };
  /** Words before what stands in for a value that is nothing. */
  readonly otherwise: readonly string[];
  /** Words in the place of a written type that leave it open. */
  readonly inferred: readonly string[];
  /** Regular expressions with `{name}`: text by which a name is bound in ways that facts do not tell, or narrowed. */
  readonly unseen: readonly string[];
  /** The same with a member, receiver included, in the place of the name: text that asks whether there is one. */
  readonly tested: readonly string[];
  /** Regular expression over a line that goes on with the block above it: `except`, `else`. */
  readonly continuation?: string;
  /** The same for what runs only when the block above it has failed: what it says holds for that block alone. */
  readonly handler?: string;
  /** The same over the last line of such a block: the failure passes on, so that nobody counts on it. */
  readonly passedOn?: string;
  /** Regular expression over the line of a place, and those that open and end the blocks around it: it is meant to fail. */
  readonly expected?: string;
  /** Regular expression whose group is the name of a function that is handed to something which expects it to fail. */
  readonly expectedLater?: string;
  /** Regular expression over a line that some versions of the language or platforms never run. */
  readonly guards?: string;
  /** Member names that are asked for by mistake, as in another language, by the type's name: `push` for `append`. */
  readonly slips: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Regular expression over member names that are never told. */
  readonly silent?: string;
  /** Regular expression over member names that only sources tell. */
  readonly private?: string;
  /** Which version of the language the declarations that come with vouch are of. */
  readonly standard?: StandardVersion;
  /** Regular expression over paths of files that say what sources elsewhere declare, and may leave out what is private. */
  readonly stub?: string;
  /** How a signature is written for data that came with vouch: `{name}`, `{parameters}`, `{type}`. */
  readonly signatures: { readonly function: string; readonly class: string; readonly value: string };
}

export interface StructuralRules {
  /** Regular expression over written types that are left alone: computed ones, conditions, mere tests. */
  readonly unread: string;
  /** Words before a type, a member or a type parameter by which it has no other members. */
  readonly modifiers: readonly string[];
  /** Regular expression over the head of a class: what follows it is what the class promises to have, not what it inherits. */
  readonly promised: string;
  /** Regular expression over a file: it declares something for all files, which others may add to. */
  readonly shared: string;
  /** What a type is that is made of others, by its name: some members `with` or `without` names, a function's `result`, a `table`. */
  readonly utilities: Readonly<Record<string, 'with' | 'without' | 'result' | 'table'>>;
  /** The word before the name of a value whose type is meant. */
  readonly typeOf: string;
  /** Regular expression over types that a single value has. */
  readonly literal: string;
  /** Regular expression over types of parameters for which nothing need be passed. */
  readonly omittable: string;
  /** Regular expression over types of functions that tell whether something is of a type; over functions that may do so. */
  readonly guard: string;
  readonly guarding: string;
  /** Words between a value and a type that is said of it; regular expression over those, and the type, that leave it its own. */
  readonly casts: readonly string[];
  readonly uncast: string;
}

/** How constructors are made from the fields of a class. Regular expressions. */
export interface FieldRules {
  /** Modifiers of, and bases by which, a class gets such a constructor. */
  readonly made: readonly string[];
  /** Over a field's type: it is the class's own; it is passed otherwise than by its name. */
  readonly own: string;
  readonly unlike: string;
  /** Over what a field is set to: it says what the field is, rather than its value; that without a type; more than follows here. */
  readonly said: string;
  readonly untyped: string;
  readonly more: string;
  /** Over the same: there is a value if none is passed. */
  readonly optional: string;
}

export interface StandardVersion {
  /** As far as its parts tell which names there are: `1.26`. */
  readonly version: string;
  /** How a project asks for a version: the nearest folder whose manifests name one has the say. */
  readonly asked: readonly {
    /** Regular expression over the name of a file. */
    readonly manifest: string;
    /** Regular expression over its text; the group is a version, or a word for one that is not released (`nightly`). */
    readonly text: string;
  }[];
  /** Regular expression over modules that no other than a later standard library can have. */
  readonly modules?: string;
  /** Regular expression over names that a later version may have without import. */
  readonly names?: string;
}

export interface LiteralRule {
  /** Regular expression over the expression's text. */
  readonly text: string;
  /** A builtin type. */
  readonly type: string;
  /** Whether the expression's first character must be a bracket that its last one closes. */
  readonly enclosed?: boolean;
}
