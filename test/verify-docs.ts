import { access, glob, readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

/** Every path and link in the project's Markdown must lead somewhere. Exits 1 and names each that does not. */
const root = resolve(import.meta.dirname, '..');
const ignored = (path: string) => /(^|\/)(node_modules|\.tools|\.next|dist|samples)(\/|$)/.test(path);
/** Folders a path in a document may begin with; anything else in backticks is no path of ours. */
const folders = /^(apps|packages|targets|test|bench|docs|deploy|tools|\.ci)\//;

const broken: string[] = [];
for await (const file of glob('**/*.md', { cwd: root, exclude: ignored })) {
  const text = await readFile(join(root, file), 'utf8');
  for (const target of linksOf(text))
    if (!(await leadsSomewhere(file, target))) broken.push(`${file}: the link ${target} leads nowhere`);
  for (const path of pathsOf(text))
    if (!(await exists(join(root, path)))) broken.push(`${file}: the path ${path} does not exist`);
}
for (const line of broken) process.stderr.write(`${line}\n`);
process.exit(broken.length > 0 ? 1 : 0);

function linksOf(text: string): string[] {
  return [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] as string);
}

/** Paths in backticks. One with a placeholder (`<noun>`, `*`, `…`) stands for many and is not checked. */
function pathsOf(text: string): string[] {
  const quoted = [...text.matchAll(/`([^`\n]+)`/g)].map((match) => match[1] as string);
  return quoted
    .filter((path) => folders.test(path) && !/[<>*{}…\s]/.test(path))
    .map((path) => path.replace(/:\d+$/, ''));
}

async function leadsSomewhere(file: string, target: string): Promise<boolean> {
  if (/^[a-z]+:/.test(target)) return true;
  const [path, fragment] = target.split('#');
  const place = path ? join(root, dirname(file), path) : join(root, file);
  if (!(await exists(place))) return false;
  return !fragment || !place.endsWith('.md') || headingsOf(await readFile(place, 'utf8')).includes(fragment);
}

function headingsOf(text: string): string[] {
  return [...withoutCode(text).matchAll(/^#+ (.+)$/gm)].map((match) =>
    (match[1] as string)
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(/\s/g, '-'),
  );
}

function withoutCode(text: string): string {
  return text.replaceAll(/^```[\s\S]*?^```/gm, '');
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
