// What prose demands of an implementation beyond its result: no network, no recursion, pure. Recognised as data, so that a
// prompt can say it once and plainly, and a judge can look for it.

export const constraintKinds = [
  'no-network', 'no-filesystem', 'no-dependencies', 'no-recursion', 'no-loops', 'no-mutation', 'no-globals', 'no-regex',
  'no-eval', 'no-allocation', 'no-exceptions', 'no-logging', 'pure', 'deterministic', 'thread-safe', 'reentrant',
  'async', 'constant-time', 'time', 'space', 'in-place', 'stable', 'idempotent',
] as const; // biome-ignore format: a table
export type ConstraintKind = (typeof constraintKinds)[number];

export interface Constraint {
  readonly kind: ConstraintKind;
  /** The words that say so, as written. */
  readonly text: string;
  /** `O(n log n)` for time and space. */
  readonly bound?: string;
}

/** "must not use", "without", "no": the usual ways to forbid, with up to a few words between them and the thing. */
const not =
  "(?:without(?: (?:any|using|use of))?|(?:must|should|may|shall|can|do|does|will)(?: not|n['’]t)|cannot|never|avoid(?:s|ing)?|no|not)";
const forbids = (things: string, verbs = ''): RegExp =>
  new RegExp(
    `\\b${not}\\s+(?:${verbs}(?:the |any |a |an |use |using |touch |perform |make |call |access )*)(?:${things})\\b`,
    'i',
  );

const rows: readonly (readonly [kind: ConstraintKind, pattern: RegExp])[] = [
  [
    'no-network',
    forbids('network(?:ing)?(?: access| calls?| requests?)?|internet|https?(?: requests?| calls?)|sockets?'),
  ],
  [
    'no-filesystem',
    forbids(
      'file ?system|disk(?: access)?|files on disk|filesystem access|file i/o',
      '(?:read(?: from)? |write(?: to)? )?',
    ),
  ],
  [
    'no-dependencies',
    forbids(
      '(?:third[- ]party|external|extra|additional|new|runtime) (?:dependenc(?:y|ies)|librar(?:y|ies)|packages?|modules?)|dependencies',
      '(?:add |import |depend on )?',
    ),
  ],
  [
    'no-dependencies',
    /\b(?:only|just) (?:use |uses )?the standard library\b|\bstandard library only\b|\bdependency[- ]free\b/i,
  ],
  ['no-recursion', forbids('recursion|recursive calls?', '(?:recurse|be )?')],
  ['no-recursion', /\bnon-?recursive(?:ly)?\b|\biterative(?:ly)? only\b/i],
  ['no-loops', forbids('(?:for[- ]|while[- ]|explicit )?loops?')],
  [
    'no-mutation',
    forbids(
      "(?:(?:its|their|given|passed|original|caller[’']s) )?(?:inputs?|arguments?|parameters?|originals?|receiver)",
      '(?:modify|mutate|change|alter) ',
    ),
  ],
  [
    'no-mutation',
    /\b(?:leaves?|left) (?:the )?(?:input|argument|original)s? (?:unchanged|untouched|unmodified)\b/i,
  ],
  ['no-globals', forbids('globals?(?: variables?| state)?|module[- ]level state')],
  ['no-regex', forbids('regex(?:es|p|ps)?|regular expressions?')],
  ['no-eval', forbids('`?(?:eval|exec)`?(?:\\(\\))?')],
  ['no-allocation', forbids('(?:heap )?allocat(?:ion|ions|e|ing)')],
  ['no-exceptions', forbids('(?:exceptions?|throw|raise|panic)', '(?:throw |raise )?')],
  ['no-logging', forbids('(?:log|logging|print|printing)(?: anything)?')],
  [
    'pure',
    /\b(?:is|be|a|as a|stay|must be|strictly) pure(?: function)?\b(?! [a-z]+ing)|\b(?:no|without|free of) side[- ]effects?\b|\bside[- ]effect[- ]free\b/i,
  ],
  ['deterministic', /\b(?:is|be|must be|fully) deterministic\b/i],
  [
    'thread-safe',
    /\bthread[- ]safe(?:ty)?\b|\bsafe for (?:concurrent|parallel) use\b|\bgoroutine[- ]safe\b/i,
  ],
  ['reentrant', /\bre-?entrant\b/i],
  ['async', /\b(?:must|should|may) not block\b|\bnon-?blocking\b/i],
  ['constant-time', /\bconstant[- ]time\b(?! (?:of|for))/i],
  ['in-place', /\bin[- ]place\b/i],
  ['stable', /\bstable sort\b|\bsort(?:s|ing)? (?:is |must be )?stabl[ey]\b/i],
  ['idempotent', /\bidempotent\b/i],
];

/** A negation before it turns a demand into what is not demanded: "is not thread-safe". */
const denied =
  /\b(?:not|isn['’]t|aren['’]t|no longer|never|need not be|neither)\s+(?:be\s+|necessarily\s+)?$/i;
const denies = new Set<ConstraintKind>([
  'pure',
  'deterministic',
  'thread-safe',
  'reentrant',
  'constant-time',
  'in-place',
  'stable',
  'idempotent',
]);

const bound = /\b[OΘ]\(\s*(?:[^()]|\([^()]*\)){1,40}\)/gu;

/** Demands in a text, each kind once, in the order of the table. A text that says the contrary demands nothing. */
export function readConstraints(prose: string): readonly Constraint[] {
  const found = new Map<string, Constraint>();
  for (const [kind, pattern] of rows) {
    const match = pattern.exec(prose);
    if (!match || found.has(kind)) continue;
    if (denies.has(kind) && denied.test(prose.slice(Math.max(0, match.index - 30), match.index))) continue;
    found.set(kind, { kind, text: match[0] });
  }
  for (const match of prose.matchAll(bound)) {
    const before = prose.slice(Math.max(0, match.index - 20), match.index);
    const after = prose.slice(match.index + match[0].length, match.index + match[0].length + 20);
    const ofSpace =
      /^\s+(?:extra |additional |auxiliary )?(?:space|memory)\b/i.test(after) ||
      /\b(?:space|memory)\W+(?:(?:is|of|in)\s+)?$/i.test(before);
    const kind = ofSpace ? 'space' : 'time';
    if (!found.has(kind)) found.set(kind, { kind, text: match[0], bound: match[0] });
  }
  return [...found.values()];
}
