// `vouch check --fix` on whole projects: an import is made only where nothing else can be meant, and only once.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildCommand, createProject } from './command.ts';

let built: ReturnType<typeof buildCommand>;
beforeAll(() => {
  built = buildCommand();
});
afterAll(() => built.remove());

async function fixed(files: Readonly<Record<string, string>>, path: string): Promise<string> {
  const project = createProject(built.folder, files);
  await project.vouch('check', '--fix');
  return project.read(path);
}

it('imports the class of the project itself before one of the standard library', async () => {
  const main =
    'package com.acme.app;\n\npublic class Main {\n    Shape shape;\n    JFrame frame;\n    HashMap<String, String> more;\n}\n';
  const files = {
    'src/com/acme/model/Shape.java': 'package com.acme.model;\n\npublic class Shape {\n}\n',
    'src/com/acme/app/Main.java': main,
  };
  const text = await fixed(files, 'src/com/acme/app/Main.java');
  expect(text).toContain('import java.util.HashMap;');
  expect(text).not.toContain('java.awt');
  expect(text).not.toContain('javax.swing');
});

it('never imports a package twice', async () => {
  const files = {
    'go.mod': 'module example.org/m\n\ngo 1.22\n',
    'a.go':
      'package main\n\nimport (\n\t"fmt"\n\t"strngs"\n)\n\nfunc main() {\n\tfmt.Println(strings.ToUpper("a"), strngs.ToLower("B"))\n}\n',
  };
  expect(await fixed(files, 'a.go')).toBe(files['a.go'].replaceAll('strngs', 'strings'));
});

it('leads an import to another module only if that has all the names', async () => {
  const files = {
    'a.ts': 'export const alpha = 1;\n',
    'h.js': 'exports.one = 1;\n',
    'other/shapes.ts': 'export const circle = 1;\n',
    'main.ts':
      "import { gamma } from './aa';\nimport { circle } from './other/shpaes';\nimport hh from './hh.js';\nconsole.log(gamma, circle, hh);\n",
  };
  expect(await fixed(files, 'main.ts')).toBe(files['main.ts'].replace('shpaes', 'shapes'));
});
