// What a project's settings file may not do until the user trusts its folder, one row a setting.
import type { Settings } from '../../core/settings.ts';
import { dotted, type KeyPath, type Layer, type ReadLayer, valueAt, withoutPath } from './layer.ts';
import type { SettingsProblem } from './problem.ts';

interface Guard {
  readonly path: readonly string[];
  /** Whether the project's value goes beyond what the user's own settings allow. */
  readonly exceeds: (value: unknown, users: Settings) => boolean;
  /** What it would do. */
  readonly deed: string;
}

/** How much each value sends or starts, least first. */
const runOrder = ['never', 'ask', 'always'];
const engineReach = { off: 0, embedded: 0, model: 1, auto: 1 } as const;

const guards: readonly Guard[] = [
  {
    path: ['models'],
    exceeds: (value) => Object.keys(value as object).length > 0,
    deed: 'would choose the endpoint that your code is sent to',
  },
  {
    path: ['completion', 'engine'],
    exceeds: (value, { completion }) =>
      engineReach[value as keyof typeof engineReach] > engineReach[completion.engine],
    deed: 'would send code to a model that your own settings keep here',
  },
  {
    path: ['validation', 'registries'],
    exceeds: (value, { validation }) => JSON.stringify(value) !== JSON.stringify(validation.registries),
    deed: 'would send names of packages to a place that your own settings do not name',
  },
  {
    path: ['validation', 'judges'],
    // To leave one out starts nothing.
    exceeds: (value) => Object.values(value as object).some((judge) => judge !== false),
    deed: 'would start programs that your own settings do not name',
  },
  {
    path: ['validation', 'run'],
    exceeds: (value, { validation }) => runOrder.indexOf(value as string) > runOrder.indexOf(validation.run),
    deed: 'would start programs that your own settings do not',
  },
  {
    path: ['budget', 'contextTokens'],
    exceeds: (value, { budget }) => (value as number) > budget.contextTokens,
    deed: 'would send more of your code than your own settings do',
  },
  {
    path: ['privacy', 'redact'],
    exceeds: (value, { privacy }) => value === false && privacy.redact,
    deed: 'would send secrets that your own settings replace',
  },
];

/** The project's layer without what is for the user's own settings alone, however much the folder is trusted. */
export function withoutUsersOwn(project: Layer): ReadLayer {
  if (valueAt(project.value, ['index']) === undefined) return { layer: project, problems: [] };
  const line = project.line(['index']);
  return {
    layer: { ...project, value: withoutPath(project.value, ['index']) as Layer['value'] },
    problems: [
      {
        kind: 'untrusted',
        origin: project.origin,
        key: 'index',
        message:
          'index: ignored, since it would send names of your code to a server that only your own settings can choose',
        ...(line !== undefined && { line }),
      },
    ],
  };
}

/**
 * The project's layer without what only a trusted folder may say.
 * @param users what the user's own settings come to.
 * @param folder the folder to trust, for the message.
 */
export function guardProject(project: Layer, users: Settings, folder: string): ReadLayer {
  const problems: SettingsProblem[] = [];
  let { value } = project;
  const refuse = (path: KeyPath, deed: string): void => {
    const line = project.line(path);
    problems.push({
      kind: 'untrusted',
      origin: project.origin,
      key: dotted(path),
      message: `${dotted(path)}: ignored, since it ${deed} and the folder is not trusted; to trust it: vouch trust ${quote(folder)}, or the editor command vouch.trustFolder`,
      ...(line !== undefined && { line }),
    });
    value = withoutPath(value, path) as typeof value;
  };

  for (const { path, exceeds, deed } of guards) {
    const found = valueAt(value, path);
    if (found !== undefined && exceeds(found, users)) refuse(path, deed);
  }
  // Exclusions add up, so a project can only take some back by a negated pattern.
  const exclude = (valueAt(value, ['privacy', 'exclude']) ?? []) as readonly string[];
  for (let index = exclude.length - 1; index >= 0; index--) {
    if (exclude[index]!.startsWith('!')) {
      refuse(['privacy', 'exclude', index], 'would send files that your own settings keep here');
    }
  }
  return { layer: { ...project, value }, problems };
}

const quote = (path: string): string =>
  /^[\w./~+@:-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
