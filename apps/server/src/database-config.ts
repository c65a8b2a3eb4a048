import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';

const form = 'CLAWSTER_DATABASE_URL is written as postgres://user:password@host:5432/database';

/** The settings of the server that say which PostgreSQL is its own, and where its password lies. */
export const DatabaseEnvironment = z.object({
  CLAWSTER_DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, form)
    .optional(),
  CLAWSTER_DATABASE_PASSWORD_FILE: z.string().optional(),
});
type Settings = z.infer<typeof DatabaseEnvironment>;

/** The URL of the database with the password of its file; undefined for the built-in PostgreSQL. */
export function databaseUrl(settings: Settings): string | undefined {
  const { CLAWSTER_DATABASE_URL: text, CLAWSTER_DATABASE_PASSWORD_FILE: file } = settings;
  if (text === undefined || file === undefined) return text;
  const url = new URL(text);
  url.password = encodeURIComponent(readPassword(file));
  return url.href;
}

/** Why the settings of the database cannot be used, or undefined when they can. */
export function whyNotDatabase(settings: Settings): string | undefined {
  const { CLAWSTER_DATABASE_URL: url, CLAWSTER_DATABASE_PASSWORD_FILE: file } = settings;
  if (file === undefined) return undefined;
  if (url === undefined || !URL.canParse(url))
    return `CLAWSTER_DATABASE_PASSWORD_FILE needs a CLAWSTER_DATABASE_URL without a password, such as postgres://clawster@host:5432/clawster`;
  try {
    if (statSync(file).mode & 0o077)
      return `Others can read ${file}, the file of CLAWSTER_DATABASE_PASSWORD_FILE. Run: chmod 600 on it`;
    if (readPassword(file) === '') return `${file}, the file of CLAWSTER_DATABASE_PASSWORD_FILE, is empty`;
    return undefined;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return `${file}, the file of CLAWSTER_DATABASE_PASSWORD_FILE, cannot be read (${code}): ${whatToDo(code)}`;
  }
}

/** An editor or a shell ends the file with a new line, which is not of the password. */
const readPassword = (file: string) => readFileSync(file, 'utf8').trim();

function whatToDo(code: string | undefined): string {
  if (code === 'ENOENT' || code === 'EISDIR') return 'put the password into a file of that name';
  return `make it the file of user ${process.getuid?.() ?? 'who runs Clawster'}, with mode 0600`;
}
