import { rm, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runDoctor } from '../doctor.ts';
import { writeDocument } from '../gateway/document.ts';
import type { Host } from '../host.ts';
import type { Keeper } from '../keeper.ts';
import { SupervisorRefusal } from '../link/serve-request.ts';
import { checkSessions, mendLeftovers, mendPermissions, runDoctorFix } from './steps.ts';
import type { Mend, Mended } from './steps.ts';

/** The only repairs there are, in their order. All are safe to do again, and none touches what the bot is or knows. */
const mends: { name: string; mend: Mend }[] = [
  { name: 'permissions', mend: mendPermissions },
  { name: 'leftovers', mend: mendLeftovers },
  { name: 'openclaw-doctor', mend: runDoctorFix },
  { name: 'sessions', mend: checkSessions },
];

type Step = Mended & { name: string };
export type Repair = (signal: AbortSignal) => Promise<unknown>;

/** Repairs the bot's state with its gateway stopped, one repair at a time, and answers the contract's RepairReport. */
export function createRepair(host: Host, keeper: Keeper): Repair {
  let isUnderWay = false;
  return async (signal) => {
    if (isUnderWay) throw new SupervisorRefusal('refused', 'The bot is being repaired already');
    isUnderWay = true;
    try {
      return await repair(host, keeper, signal);
    } finally {
      isUnderWay = false;
    }
  };
}

async function repair(host: Host, keeper: Keeper, signal: AbortSignal) {
  const startedAt = Date.now();
  const before = await runDoctor(host, signal);
  // From here on it goes to its end, whoever stopped listening: half a repair is none.
  await keeper.hold('repair', { sentence: 'Its state is being repaired', state: 'stopping' });
  try {
    const steps = await mendAll(host);
    const after = await runDoctor(host, new AbortController().signal);
    const ok = steps.every((step) => step.ok);
    host.spool.add('repaired', { ok, changed: steps.filter(({ changed }) => changed).map(({ name }) => name) });
    return {
      ok,
      ranAt: new Date(startedAt).toISOString(),
      durationMs: Date.now() - startedAt,
      steps,
      before: before.findings,
      after: after.findings,
    };
  } finally {
    await keeper.hold('repair', undefined);
  }
}

async function mendAll(host: Host): Promise<Step[]> {
  const document = await readFile(host.folder.config, 'utf8');
  // OpenClaw's doctor writes what it thinks of a configuration into it: it is given one of its own.
  const copy = join(host.folder.directory, 'openclaw.repair.json');
  const steps: Step[] = [];
  const told = (step: Step) => {
    steps.push(step);
    host.status.evidence('supervisor', step.ok, step.text);
    host.log(step.ok ? 'info' : 'warn', 'repair', { ...step });
  };
  try {
    await writeDocument(copy, document);
    for (const { name, mend } of mends) told({ name, ...(await mend(host, copy).catch(failed)) });
    told({ name: 'configuration', ...(await keepDocument(host, document)) });
    return steps;
  } finally {
    await rm(copy, { force: true });
  }
}

/** Whatever was run, the document that lies there afterwards is the one that lay there before. */
async function keepDocument(host: Host, document: string): Promise<Mended> {
  const now = await readFile(host.folder.config, 'utf8').catch(() => undefined);
  if (now === document) return { ok: true, changed: false, text: 'The configuration is as it was' };
  await writeDocument(host.folder.config, document);
  return { ok: true, changed: true, text: 'The configuration had been changed, and was put back' };
}

function failed(error: unknown): Mended {
  return { ok: false, changed: false, text: error instanceof Error ? error.message : String(error) };
}
