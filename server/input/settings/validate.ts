// A value of unknown make against the schema: what is wrong is named and left out, what is right stays.
import { settingsSchema } from '../../core/settings.ts';
import { isKnownCheck, suggestCheck, suggestKey } from './keys.ts';
import {
  dotted,
  type KeyPath,
  type Layer,
  type ReadLayer,
  type Tree,
  valueAt,
  withoutPath,
} from './layer.ts';
import type { SettingsProblem } from './problem.ts';

/** Removing one wrong key can bring out another (a list that is short by one); a file has no more than this. */
const maximumRounds = 100;

/** Names of types as a person who writes JSON says them. */
const typeNames: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

type Issue = NonNullable<ReturnType<typeof settingsSchema.safeParse>['error']>['issues'][number];

/** A layer of which every key is known and has a value that the schema allows; the rest is told as problems. */
export function validateLayer(layer: Layer): ReadLayer {
  const problems: SettingsProblem[] = [];
  const tell = (kind: 'unknown' | 'invalid', path: KeyPath, message: string): void => {
    const line = layer.line(path);
    const key = dotted(path);
    problems.push({
      kind,
      origin: layer.origin,
      key,
      message: `${key}: ${message}`,
      ...(line !== undefined && { line }),
    });
  };

  let value: unknown = layer.value;
  for (let round = 0; round < maximumRounds; round++) {
    const { error } = settingsSchema.safeParse(value);
    if (!error) break;
    // Later elements of a list first, so that the indices of the earlier ones stay true.
    for (const wrong of error.issues.toReversed().flatMap((issue) => wrongsOf(issue, value))) {
      // A key that was wrong and is therefore gone is not missing besides.
      if (!problems.some(({ key }) => key === dotted(wrong.path)))
        tell(wrong.kind, wrong.path, wrong.message);
      value = withoutPath(value, wrong.remove);
    }
  }

  const checks = valueAt(value, ['validation', 'checks']) ?? {};
  for (const name of Object.keys(checks)) {
    if (!isKnownCheck(name))
      tell('unknown', ['validation', 'checks', name], `unknown; ${suggestCheck(name)}`);
  }
  problems.sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  return { layer: { ...layer, value: value as Tree }, problems };
}

interface Wrong {
  readonly kind: 'unknown' | 'invalid';
  readonly path: KeyPath;
  readonly message: string;
  /** What must go for the rest to be right. */
  readonly remove: KeyPath;
}

/** What an issue says of the value: one wrong, or one for each unknown key. */
function wrongsOf(issue: Issue, value: unknown): readonly Wrong[] {
  const path = issue.path as KeyPath;
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      kind: 'unknown',
      path: [...path, key],
      message: `unknown; ${suggestKey(path, key)}`,
      remove: [...path, key],
    }));
  }
  const found = valueAt(value, path);
  return [
    {
      kind: 'invalid',
      path,
      message: describeIssue(issue, found),
      // What is missing cannot be taken out; what it is missing from can.
      remove: found === undefined ? path.slice(0, -1) : path,
    },
  ];
}

function describeIssue(issue: Issue, found: unknown): string {
  switch (issue.code) {
    case 'invalid_value':
      return `must be ${alternatives(issue.values.map((value) => JSON.stringify(value)))}, not ${show(found)}`;
    case 'too_small':
      return `must be at least ${issue.minimum}, not ${show(found)}`;
    case 'too_big':
      return `must be at most ${issue.maximum}, not ${show(found)}`;
    case 'invalid_format':
      // The value is not repeated: where a name is asked for, people put the key itself.
      return issue.message;
    case 'invalid_type': {
      const expected = typeNames[issue.expected] ?? issue.expected;
      return found === undefined
        ? `is missing; it must be ${expected}`
        : `must be ${expected}, not ${show(found)}`;
    }
    default:
      return `${show(found)} is not allowed here`;
  }
}

const alternatives = (values: readonly string[]): string =>
  values.length === 1 ? values[0]! : `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`;

/** Long values say no more than their beginning does. */
const maximumShown = 40;

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > maximumShown ? `${text.slice(0, maximumShown)}…` : text;
}
