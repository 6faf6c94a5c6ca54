// What programs of a project inherit of vouch's own environment: all but the keys that it was given for itself.
import type { Settings } from '../../core/settings.ts';

/** This process's environment without the variables that settings name as holding keys and passwords. */
export function withoutKeys(
  settings: readonly Pick<Settings, 'models' | 'index'>[],
  environment: NodeJS.ProcessEnv = process.env,
): NodeJS.ProcessEnv {
  const keys = new Set(
    settings.flatMap(({ models, index }) => [
      ...Object.values(models).map((endpoint) => endpoint?.apiKeyEnv),
      index?.passwordEnv,
    ]),
  );
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !keys.has(name)));
}
