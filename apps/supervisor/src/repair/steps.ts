import { chmod, lstat, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { z } from 'zod';
import { tidy } from '../disk/tidy.ts';
import { openclawJson, runOpenclaw } from '../gateway/openclaw-command.ts';
import { endStateHolders } from '../gateway/orphan.ts';
import type { Host } from '../host.ts';
import { maskSecrets } from '../host/mask.ts';
import { isAlive } from '../host/process-tree.ts';

export type Mended = { ok: boolean; changed: boolean; text: string };
/** Repairs one thing while no gateway runs; `config` is a copy of the document that may be written to. */
export type Mend = (host: Host, config: string) => Promise<Mended>;

/** Doctor needs 25 s of one core: on a machine with ten times the work it has cores for, four minutes were too few. */
const doctorMs = 600_000;
const accessOfOthers = 0o077;

/** What lies in the bot's folder is the bot's alone. */
export const mendPermissions: Mend = async ({ folder }) => {
  const mended = (await closeToOthers(folder.directory)) + (await closeAll(folder.directory));
  const text =
    mended === 0
      ? "The bot's files are its own alone"
      : `Took access by others away from ${mended} of the bot's files and folders`;
  return { ok: true, changed: mended > 0, text };
};

async function closeAll(directory: string): Promise<number> {
  let mended = 0;
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    // The rights of a link are those of what it leads to, which may be another's.
    if (entry.isSymbolicLink()) continue;
    const path = join(directory, entry.name);
    mended += await closeToOthers(path);
    if (entry.isDirectory()) mended += await closeAll(path);
  }
  return mended;
}

async function closeToOthers(path: string): Promise<number> {
  const { mode, uid } = await lstat(path);
  if ((mode & accessOfOthers) === 0 || uid !== process.getuid?.()) return 0;
  await chmod(path, mode & 0o777 & ~accessOfOthers);
  return 1;
}

/** Ends what still works on the state, and removes the locks of the dead and what can be made anew. */
export const mendLeftovers: Mend = async ({ folder }) => {
  const ended = await endStateHolders(folder);
  const freed = await tidy(folder, undefined);
  const locks = await removeDeadLocks(join(folder.state, 'tmp'));
  const done = [
    ...(ended > 0 ? [`ended ${ended} processes that worked on its state`] : []),
    ...(locks > 0 ? [`removed ${locks} locks of processes that are gone`] : []),
    ...(freed > 0 ? [`deleted ${(freed / 1e6).toFixed(1)} MB of temporary files and caches`] : []),
  ].join(', ');
  const text =
    done === '' ? 'Nothing was left behind by earlier gateways' : `${done[0]?.toUpperCase()}${done.slice(1)}`;
  return { ok: true, changed: done !== '', text };
};

async function removeDeadLocks(directory: string): Promise<number> {
  const names = await readdir(directory, { recursive: true }).catch(() => []);
  let removed = 0;
  for (const name of names.filter((one) => /(^|\/)gateway\.\w+\.lock$/.test(one))) {
    const path = join(directory, name);
    const pid = /"pid"\s*:\s*(\d+)/.exec(await readFile(path, 'utf8').catch(() => ''))?.[1];
    if (pid !== undefined && isAlive(Number(pid))) continue;
    await rm(path, { force: true });
    removed += 1;
  }
  return removed;
}

/** OpenClaw's own repairs of its state, those it does without asking. */
export const runDoctorFix: Mend = async (host, config) => {
  const { stdout, stderr, code } = await runOpenclaw(host, {
    words: ['doctor', '--fix', '--yes', '--non-interactive'],
    timeoutMs: doctorMs,
    environment: { OPENCLAW_CONFIG_PATH: config, OPENCLAW_CONFIG_READONLY: '' },
  });
  if (code !== 0) {
    const words = maskSecrets((stderr.trim() || stdout.trim()).slice(-300));
    return { ok: false, changed: false, text: `OpenClaw's doctor could not repair: ${words}` };
  }
  const changes = changesOf(stdout);
  if (changes.length === 0) return { ok: true, changed: false, text: "OpenClaw's doctor had nothing to repair" };
  return { ok: true, changed: true, text: `OpenClaw's doctor: ${changes.join('; ')}`.slice(0, 500) };
};

/** The points of the box in which doctor says what it changed; a point may go over several lines. */
export function changesOf(output: string): string[] {
  const box = /◇ {2}Doctor changes [^\n]*\n([^]*?)\n├/.exec(stripVTControlCharacters(output))?.[1] ?? '';
  const text = box.replaceAll(/^│ *| *│?$/gm, '').replaceAll(/\n+/g, ' ');
  return text
    .split(/(?:^| )- /)
    .map((point) => point.trim())
    .filter((point) => point !== '');
}

const Sessions = z.object({ totals: z.object({ issues: z.number(), validatedEntries: z.number() }) });

/** OpenClaw's own look at its conversations and their transcripts. */
export const checkSessions: Mend = async (host, config) => {
  const told = await openclawJson(host, {
    words: ['doctor', '--session-sqlite', 'validate', '--session-sqlite-all-agents', '--json'],
    timeoutMs: doctorMs,
    environment: { OPENCLAW_CONFIG_PATH: config },
  });
  const { issues, validatedEntries } = Sessions.parse(told).totals;
  return {
    ok: issues === 0,
    changed: false,
    text:
      issues === 0
        ? `The conversations are whole (${validatedEntries} looked at)`
        : `${issues} conversations are damaged`,
  };
};
