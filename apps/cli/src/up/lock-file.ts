import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';

/** Makes the file unless it is there already; it appears with its whole content or not at all. */
export async function createWhole(path: string, content: string): Promise<boolean> {
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, content, { mode: 0o600 });
  return linked(draft, path).finally(() => rm(draft, { force: true }));
}

/** Removes the file when `isDead` says so of its content, and answers with that content. Of several who try, one succeeds. */
export async function removeDead(path: string, isDead: (content: string) => boolean): Promise<string | undefined> {
  const seen = await readFile(path, 'utf8').catch(() => undefined);
  if (seen === undefined || !isDead(seen)) return undefined;
  const aside = `${path}.${randomUUID()}`;
  if (
    !(await rename(path, aside).then(
      () => true,
      () => false,
    ))
  )
    return undefined;
  const content = await readFile(aside, 'utf8');
  // Between the look and the move someone else may have put a live one there: it goes back.
  if (!isDead(content)) await linked(aside, path);
  await rm(aside, { force: true });
  return isDead(content) ? content : undefined;
}

function linked(from: string, to: string): Promise<boolean> {
  return link(from, to).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return false;
      throw error;
    },
  );
}
