import { secretIds } from '@clawster/link/supervisor-methods';
import type { Configure } from '@clawster/link/supervisor-methods';
import type { GatewayClient } from '@clawster/gateway/client';
import { ConfigState } from '@clawster/gateway/protocol';
import type { Host } from '../host.ts';
import { reviveTelegram } from '../channels/revive-telegram.ts';
import { secretsFor } from '../secrets-for.ts';
import { documentFor } from './bring-up.ts';
import type { Running } from './bring-up.ts';
import { writeDocument } from './document.ts';
import { readOwn } from './own-file.ts';
import { runsAgain } from './runs-again.ts';
import { untilApplied, untilReadyz } from './readiness.ts';
import { writeSkills } from './skills.ts';
import { writeWorkspaceFiles } from './workspace.ts';

/** Whether the change was asked for as a restart. */
export function needsRestart(applied: Configure, wanted: Configure): boolean {
  return applied.restartCount !== wanted.restartCount;
}

/** Whether the bot has a team now that had none: its gateway was not given the way to the team's tools when it started. */
export function joinsTeam(applied: Configure, wanted: Configure): boolean {
  return wanted.team !== undefined && applied.team === undefined;
}

/** `restart`: only a restart can bring it about. `refused` says why; the gateway works on with what it had. */
export type Change = 'applied' | 'restart' | { refused: string };

/** Brings a running gateway to the wanted configuration and proves that it is well with it. */
export async function applyChanges(
  host: Host,
  running: Running,
  change: { wanted: Configure; signal: AbortSignal },
): Promise<Change> {
  const { wanted } = change;
  if (wanted.drift === 'revert' || !isToldAgain(running, wanted)) await takeFiles(host, wanted);
  await takeSkills(host, wanted);
  await applySecrets(host, running, change);
  host.modelGateway.setUpstream(wanted.model);
  await reviveTelegram(running, change);
  const outcome = await applyDocument(host, running, change);
  if (typeof outcome === 'object') host.modelGateway.setUpstream(running.applied.model);
  return outcome;
}

/** What was in force before is no decision on what somebody changed since. */
function isToldAgain({ applied }: Running, wanted: Configure): boolean {
  return applied.generation === wanted.generation;
}

async function takeFiles(host: Host, { files }: Configure): Promise<void> {
  tellTaken(host, await writeWorkspaceFiles(host.folder.workspace, files));
}

/** Whatever the policy about what somebody changed: a skill that was not given is told to no model. */
async function takeSkills(host: Host, { skills }: Configure): Promise<void> {
  const changed = await writeSkills(host.folder.workspace, skills);
  tellTaken(
    host,
    changed.map((name) => `the skill ${name}`),
  );
}

function tellTaken(host: Host, changed: readonly string[]): void {
  if (changed.length > 0)
    host.status.evidence('supervisor', true, `Took over ${changed.join(', ')}; they hold from the next turn on`);
}

/** A document that OpenClaw refuses is taken back, and the one before lies in its place again. */
async function applyDocument(
  host: Host,
  running: Running,
  { wanted, signal }: { wanted: Configure; signal: AbortSignal },
): Promise<Change> {
  const text = documentFor(host, wanted, running.port);
  const isSame = text === running.documentText;
  if (isSame && (isToldAgain(running, wanted) || (await isWritten(host, text)))) return 'applied';
  const client = await running.link.client(60_000, signal);
  if (isSame) return putBack(host, client, { text, signal });
  const outcome = await takeDocument(host, client, { text, signal });
  if (typeof outcome === 'object') {
    await takeDocument(host, client, { text: running.documentText, signal });
    return outcome;
  }
  running.documentText = text;
  if (outcome === 'restart') return 'restart';
  host.status.evidence('supervisor', true, 'OpenClaw took the new configuration over without a restart');
  const ill = await whyIll(running, host.timing.applyDeadlineMs, signal);
  return ill === undefined ? 'applied' : { refused: ill };
}

/** What somebody changed and left is over with a new generation, also with one that says the same as before. */
async function putBack(
  { folder }: Host,
  client: GatewayClient,
  { text, signal }: { text: string; signal: AbortSignal },
): Promise<Change> {
  await writeDocument(folder.config, text);
  return (await runsAgain(client, { signal })) ? 'applied' : 'restart';
}

async function isWritten({ folder }: Host, text: string): Promise<boolean> {
  const found = await readOwn(folder.config);
  return found.kind === 'text' && found.text === text;
}

/**
 * Puts a document in the place of the one that lies there, and waits until the running gateway took it over: saved is not
 * applied. `restart`: it did not in time, or its connection went in the middle of it.
 */
async function takeDocument(
  host: Host,
  client: GatewayClient,
  { text, signal }: { text: string; signal: AbortSignal },
): Promise<Change> {
  try {
    const before = ConfigState.parse(await client.call('config.get')).hash;
    await writeDocument(host.folder.config, text);
    const outcome = await untilApplied(client, { before, timeoutMs: 30_000, signal });
    return outcome === 'late' ? 'restart' : outcome;
  } catch (error) {
    if (signal.aborted) throw error;
    // The connection went in the middle of it: OpenClaw ends, or starts anew, over the change.
    return 'restart';
  }
}

/** Why the gateway is not well with what it took over, or undefined when it answers as it should within this time. */
async function whyIll(running: Running, timeoutMs: number, signal: AbortSignal): Promise<string | undefined> {
  try {
    await untilReadyz(running.port, { timeoutMs, signal });
    await running.link.client(timeoutMs, signal);
    return undefined;
  } catch (error) {
    signal.throwIfAborted();
    return error instanceof Error ? error.message : String(error);
  }
}

async function applySecrets(
  host: Host,
  running: Running,
  { wanted, signal }: { wanted: Configure; signal: AbortSignal },
): Promise<void> {
  const isSame = JSON.stringify(secretsFor(host, running.applied)) === JSON.stringify(secretsFor(host, wanted));
  if (isSame) return;
  // A new gateway token closes our connection as its last act, before it can answer.
  const isTokenNew = running.applied.secrets[secretIds.gatewayToken] !== wanted.secrets[secretIds.gatewayToken];
  const client = await running.link.client(60_000, signal);
  running.secretsAt = Date.now();
  const result = await client.call('secrets.reload', {}).catch((error: unknown) => {
    if (isTokenNew) return { warningCount: 0 };
    throw error;
  });
  if (isTokenNew) await running.link.client(60_000, signal);
  const warnings = (result as { warningCount?: number }).warningCount ?? 0;
  host.status.evidence(
    'supervisor',
    warnings === 0,
    warnings === 0 ? 'OpenClaw took the new secrets over' : `OpenClaw could not resolve ${warnings} of the secrets`,
  );
}
