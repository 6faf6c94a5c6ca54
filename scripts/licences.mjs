// The licences of what the bundle carries, as those licences ask for.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @param names packages in `node_modules`.
 * @param root the project's root.
 * @throws Error for a package that says nothing of its licence: it must not be carried along.
 */
export function licencesOf(names, root) {
  const parts = names.map((name) => {
    const home = join(root, 'node_modules', name);
    const { version, license } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
    if (!license) throw new Error(`${name} names no licence`);
    const file = existsSync(home) && readdirSync(home).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
    const text = file ? readFileSync(join(home, file), 'utf8').trim() : `Licence: ${license}`;
    return `${name} ${version} (${license})\n\n${text}\n`;
  });
  // Declarations were made from others' files, whose licences lie beside them.
  const grammars = join(root, 'grammars');
  for (const name of readdirSync(grammars)) {
    const file = join(grammars, name, 'declarations', 'LICENSE');
    if (existsSync(file)) parts.push(`${readFileSync(file, 'utf8').trim()}\n`);
  }
  return `vouch carries these packages in its bundle:\n\n${parts.join(`\n${'-'.repeat(80)}\n\n`)}`;
}
