// From a runner's rules and the wanted tests to the command that runs those tests and no others.
import { homedir } from 'node:os';
import { basename, dirname, extname, join, relative, sep } from 'node:path';
import type { TestRunner } from '../../core/test-rules.ts';
import type { WantedTest } from './result.ts';

/** Where a runner writes its report, from the project's folder. */
export const reportName = '.vouch-report';

/** Words of parameters that stand for one test or file each. */
type Repeated = 'file' | 'module' | 'class' | 'folder' | 'name';

/**
 * A runner's parameters, filled in.
 * @param root the project's folder, as paths of tests begin.
 * @param seen the same as programs see it.
 */
export function parametersOf(
  runner: TestRunner,
  root: string,
  seen: string,
  tests: readonly WantedTest[],
): readonly string[] {
  const files = unique(tests.map(({ path }) => relative(root, path).split(sep).join('/')));
  const withoutEnding = (file: string): string => file.slice(0, file.length - extname(file).length);
  const names = unique(tests.map(({ name }) => name));
  const classes = unique(files.map((file) => basename(withoutEnding(file))));
  const values: Readonly<Record<Repeated, readonly string[]>> = {
    file: files,
    module: files.map((file) => withoutEnding(file).split('/').join('.')),
    class: classes,
    folder: unique(files.map((file) => dirname(file))),
    name: names,
  };
  const fixed: Readonly<Record<string, string>> = {
    names: names.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'),
    classes: classes.join(','),
    report: join(seen, reportName),
    home: homedir(),
  };
  return runner.parameters.flatMap((parameter) => {
    const text = parameter.replace(/\{(names|classes|report|home)\}/g, (_, word: string) => fixed[word]!);
    const word = /\{(file|module|class|folder|name)\}/.exec(text)?.[1] as Repeated | undefined;
    return word === undefined ? [text] : values[word].map((value) => text.replace(`{${word}}`, () => value));
  });
}

/** A text that may begin with `~` or `$NAME`; the first of those between `|` whose variable is set. */
export function settle(text: string, environment = process.env): string | undefined {
  for (const choice of text.split('|')) {
    const variable = /^\$(\w+)/.exec(choice);
    if (!variable) return choice.replace(/^~(?=\/|$)/, () => homedir());
    const value = environment[variable[1]!];
    if (value) return value + choice.slice(variable[0].length);
  }
  return undefined;
}

const unique = (all: readonly string[]): readonly string[] => [...new Set(all)];
