// Requirements documents of a project, and the sections that a comment refers to. They are read only through the project,
// which gives none that git ignores or `privacy.exclude` names; links that lead elsewhere are not followed.
import { realpathSync } from 'node:fs';
import { dirname, isAbsolute, join, relative } from 'node:path';
import { lineAt, lineStarts } from '../../core/lines.ts';
import { type Span, span } from '../../core/span.ts';
import type { RequirementReference } from '../../core/task.ts';
import { isInside } from '../workspace/ignore.ts';
import type { WorkspaceProject } from '../workspace/project.ts';
import { maxDocument, maxDocuments, maxReferences, maxSection } from './limits.ts';

/** Documents at the top of a project, and folders whose documents count. */
const topDocument =
  /^(?:requirements?|specs?|specification|todo|roadmap|backlog|issues|design|changelog)\.(?:md|markdown|rst|adoc)$/i;
const documentFolders = ['docs', 'doc', 'requirements', 'specs', 'spec', 'issues', '.github'];
const document = /\.(?:md|markdown|rst|adoc)$/i;

/** What a comment may refer to: a file with or without a heading, an identifier, a number. */
const pathLabel = /(?<![\w/.:])((?:[\w.-]+\/)*[\w.-]+\.(?:md|markdown|rst|adoc))(?:#([\w%-]+))?/g;
const idLabel = /(?<![\w-])([A-Z][A-Z0-9]{1,9}-\d{1,6}|(?<![&#])#\d{1,6})(?![\w-])/g;

/**
 * The sections that `words` refer to, in their order; what leads nowhere is left out.
 * @param from absolute path of the file in which they stand.
 */
export function referencesOf(
  project: WorkspaceProject,
  from: string,
  words: string,
): readonly RequirementReference[] {
  const folder = project.folderOf(from);
  if (folder === undefined) return [];
  const found = new Map<string, RequirementReference>();
  for (const [label, path, heading] of words.matchAll(pathLabel)) {
    if (found.size >= maxReferences) break;
    const reference = followPath(project, folder, from, { label, path: path!, heading });
    if (reference) found.set(label, reference);
  }
  const ids = [...new Set([...words.matchAll(idLabel)].map(([label]) => label))];
  if (ids.length === 0) return [...found.values()];
  const documents = documentsOf(project, folder);
  for (const label of ids) {
    if (found.size >= maxReferences) break;
    for (const path of documents) {
      const text = readDocument(project, folder, path);
      const where = text === undefined ? undefined : sectionWithId(text, label);
      if (!where) continue;
      found.set(label, { label, path, span: where, text: text!.slice(where.start, where.end) });
      break;
    }
  }
  return [...found.values()];
}

function followPath(
  project: WorkspaceProject,
  folder: string,
  from: string,
  { label, path, heading }: { label: string; path: string; heading: string | undefined },
): RequirementReference | undefined {
  if (isAbsolute(path)) return undefined;
  for (const base of [dirname(from), folder, ...documentFolders.map((name) => join(folder, name))]) {
    const candidate = join(base, path);
    const text = readDocument(project, folder, candidate);
    if (text === undefined) continue;
    const where = heading === undefined ? bounded(text, 0, text.length) : sectionWithSlug(text, heading);
    return where && { label, path: candidate, span: where, text: text.slice(where.start, where.end) };
  }
  return undefined;
}

/** Absolute paths, those at the top first. */
function documentsOf({ disk }: WorkspaceProject, folder: string): readonly string[] {
  const named = (where: string, pattern: RegExp): string[] =>
    [...(disk.entries(where) ?? [])]
      .filter(([name, kind]) => kind === 'file' && pattern.test(name))
      .map(([name]) => join(where, name))
      .sort();
  const folders = documentFolders
    .map((name) => join(folder, name))
    .filter((path) => disk.kind(path) === 'folder');
  return [...named(folder, topDocument), ...folders.flatMap((path) => named(path, document))].slice(
    0,
    maxDocuments,
  );
}

/** The text of a document of the folder that may be read and that no link leads out of it. */
function readDocument(project: WorkspaceProject, folder: string, path: string): string | undefined {
  if (!isInside(folder, path) || project.disk.kind(path) !== 'file') return undefined;
  if (realpathSync(path) !== join(realpathSync(folder), relative(folder, path))) return undefined;
  const text = project.text(path);
  return text !== undefined && text.length <= maxDocument ? text : undefined;
}

interface Heading {
  readonly level: number;
  readonly title: string;
  readonly line: number;
}

/** Headings by marks (`##`, `==`) or by an underline. Within fences there are none. */
function headingsOf(lines: readonly string[]): readonly Heading[] {
  const headings: Heading[] = [];
  let fenced = false;
  for (const [line, text] of lines.entries()) {
    if (/^\s*(?:```|~~~)/.test(text)) fenced = !fenced;
    if (fenced) continue;
    const marked = /^(#{1,6}|={1,6})\s+(.*?)\s*[#=]*$/.exec(text);
    if (marked) headings.push({ level: marked[1]!.length, title: marked[2]!, line });
    const underline = /^(=|-|~|\^)\1{2,}\s*$/.exec(lines[line + 1] ?? '');
    if (!marked && underline && text.trim() !== '' && !/^[|\s>-]/.test(text)) {
      headings.push({ level: '=-~^'.indexOf(underline[1]!) + 1, title: text.trim(), line });
    }
  }
  return headings;
}

function sectionWithId(text: string, id: string): Span | undefined {
  const whole = new RegExp(`(?<![\\w#-])${id.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w-])`);
  if (!whole.test(text)) return undefined;
  const lines = text.split('\n');
  const headings = headingsOf(lines);
  const heading = headings.find(({ title }) => whole.test(title));
  if (heading) return sectionOf(text, headings, heading);
  // Otherwise the list item or table row that begins with it, with what is indented below.
  const item = lines.findIndex(
    (line) => /^\s*(?:[-*+]|\d+[.)]|\|)\s/.test(line) && whole.test(line.slice(0, 60)),
  );
  if (item < 0) return undefined;
  const indent = /^\s*/.exec(lines[item]!)![0].length;
  let end = item + 1;
  while (end < lines.length && lines[end]!.trim() !== '' && /^\s*/.exec(lines[end]!)![0].length > indent)
    end++;
  const starts = lineStarts(text);
  return bounded(text, starts[item]!, starts[end] ?? text.length);
}

/** As the usual renderers make anchors of headings. */
const slugOf = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}\s_-]/gu, '')
    .trim()
    .replace(/\s+/g, '-');

function sectionWithSlug(text: string, slug: string): Span | undefined {
  const headings = headingsOf(text.split('\n'));
  const heading = headings.find(({ title }) => slugOf(title) === slug.toLowerCase());
  return heading && sectionOf(text, headings, heading);
}

/** From a heading to the next of its level or above. */
function sectionOf(text: string, headings: readonly Heading[], heading: Heading): Span {
  const next = headings.find(({ line, level }) => line > heading.line && level <= heading.level);
  const starts = lineStarts(text);
  return bounded(text, starts[heading.line]!, next ? starts[next.line]! : text.length);
}

/** Without blanks at its end, and cut at a line where it is too long. */
function bounded(text: string, start: number, end: number): Span {
  let stop = end;
  if (end - start > maxSection) {
    const starts = lineStarts(text);
    const line = starts[lineAt(starts, start + maxSection)]!;
    stop = line > start ? line : start + maxSection;
  }
  return span(start, start + text.slice(start, stop).trimEnd().length);
}
