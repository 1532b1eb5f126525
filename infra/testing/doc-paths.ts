import { existsSync } from 'node:fs';
import { glob, readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';

/** Folders whose names begin a path; a word such as `text/event-stream` is none. */
const ROOMS = /^(\.\.?\/|packages\/|services\/|clickhouse\/|prisma\/|infra\/|web\/|docs\/|\.ci\/)/;
const LINK = /\]\(([^)\s#]+)(?:#[^)]*)?\)/g;
const CODE = /`([^`\n]+)`/g;
/** Made by a build or a start, so not in a fresh checkout. */
const GENERATED = /(^|\/)(dist|node_modules|\.next|\.weir|generated)(\/|$)/;
const PLACEHOLDER = /[<>*{}$…\s]|\.\.\./;

/** Paths that a document names, as it names them: link targets, and code spans that look like a path of ours. */
export function pathsIn(markdown: string): string[] {
  const prose = markdown.replace(/^```[\s\S]*?^```/gm, '');
  const links = [...prose.matchAll(LINK)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/i.test(target));
  const spans = [...prose.matchAll(CODE)].map(([, span = '']) => span).filter((span) => ROOMS.test(span));
  return [...new Set([...links, ...spans])].filter((path) => !PLACEHOLDER.test(path) && !GENERATED.test(path));
}

/** @returns one line per path that a Markdown document of the checkout names and that is not there */
export async function brokenPaths(root: string): Promise<string[]> {
  const broken: string[] = [];
  const exclude = (name: string) => ['node_modules', '.next', 'dist', '.git', '.weir'].includes(name);
  for await (const file of glob('**/*.md', { cwd: root, exclude })) {
    const document = join(root, file);
    for (const path of pathsIn(await readFile(document, 'utf8'))) {
      const places = [resolve(dirname(document), path), resolve(root, path)];
      if (!places.some((place) => existsSync(place))) broken.push(`${relative(root, document)}: ${path}`);
    }
  }
  return broken.sort();
}
