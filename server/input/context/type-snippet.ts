// A type as evidence: its skeleton, from the workspace or of a package.
import { span } from '../../core/span.ts';
import type { Snippet } from '../../core/task.ts';
import { maxMembersAside } from './limits.ts';
import type { Meaning } from './resolve-name.ts';
import { signatureOf, skeletonOf } from './skeleton.ts';
import type { ContextQuestion, Nearby } from './source.ts';

const typeKinds = new Set(['class', 'interface', 'enum', 'type', 'module']);

/** `undefined` for what is no type, or has nothing to show. */
export function typeSnippet(
  { language, project }: ContextQuestion,
  nearby: Nearby,
  meaning: Meaning,
  reason: string,
  score: number,
): Snippet | undefined {
  if (meaning.kind === 'workspace') {
    const { definition } = meaning;
    const { symbol, path } = definition;
    if (!typeKinds.has(symbol.kind)) return undefined;
    // Named or not, it is here for its members.
    const rate = (name: string): number => (name === symbol.name ? 1 : nearby.closeness(name));
    const text = skeletonOf(definition, symbol, language, rate);
    return { path, span: symbol.span, text, short: signatureOf(definition, symbol), reason, score };
  }
  const { declaration } = meaning;
  if (!typeKinds.has(declaration.kind)) return undefined;
  const members = [...(project.membersOf(language.id, declaration)?.byName.values() ?? [])]
    .flatMap(([first]) => (first && !/^[_#]/.test(first.name) ? [first] : []))
    .sort((a, b) => nearby.closeness(b.name) - nearby.closeness(a.name))
    .slice(0, maxMembersAside);
  const { signature, place, module } = declaration;
  return {
    path: place?.path ?? module,
    span: place?.span ?? span(0, 0),
    text: [signature, ...members.map((member) => `${language.indent}${member.signature}`)].join('\n'),
    short: signature,
    reason: `${reason}, of \`${module}\``,
    score,
  };
}
