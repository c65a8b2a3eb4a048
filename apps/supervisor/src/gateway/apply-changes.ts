import { secretIds } from '@clawster/link/supervisor-methods';
import type { Configure } from '@clawster/link/supervisor-methods';
import { ConfigState } from '@clawster/gateway/protocol';
import type { Host } from '../host.ts';
import { documentFor } from './bring-up.ts';
import type { Running } from './bring-up.ts';
import { writeDocument } from './document.ts';
import { untilApplied } from './readiness.ts';
import { writeWorkspaceFiles } from './workspace.ts';

/** Whether the change was asked for as a restart. */
export function needsRestart(applied: Configure, wanted: Configure): boolean {
  return applied.restartCount !== wanted.restartCount;
}

/**
 * Brings a running gateway to the wanted configuration and proves it. Returns false when only a restart can: OpenClaw
 * did not take the file over in time, or ended over it. A document it refuses is taken back, and that is thrown.
 */
export async function applyChanges(
  host: Host,
  running: Running,
  change: { wanted: Configure; signal: AbortSignal },
): Promise<boolean> {
  const { wanted, signal } = change;
  const changedFiles = await writeWorkspaceFiles(host.folder.workspace, wanted.files);
  if (changedFiles.length > 0)
    host.status.evidence('supervisor', true, `Took over ${changedFiles.join(', ')}; they hold from the next turn on`);
  if (!(await applySecrets(host, running, change))) return false;
  const text = documentFor(host, wanted, running.port);
  if (text === running.documentText) return true;
  const client = await running.link.client(60_000, signal);
  const before = ConfigState.parse(await client.call('config.get')).hash;
  await writeDocument(host.folder.config, text);
  try {
    const applied = await untilApplied(client, { before, timeoutMs: 30_000, signal });
    if (applied) host.status.evidence('supervisor', true, 'OpenClaw took the new configuration over without a restart');
    running.documentText = text;
    return applied;
  } catch (error) {
    if (isRefusal(error)) await writeDocument(host.folder.config, running.documentText);
    else return false;
    throw error;
  }
}

async function applySecrets(
  host: Host,
  running: Running,
  { wanted, signal }: { wanted: Configure; signal: AbortSignal },
): Promise<boolean> {
  if (JSON.stringify(running.applied.secrets) === JSON.stringify(wanted.secrets)) return true;
  // A new gateway token closes our connection as its last act, before it can answer.
  const isTokenNew = running.applied.secrets[secretIds.gatewayToken] !== wanted.secrets[secretIds.gatewayToken];
  const client = await running.link.client(60_000, signal);
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
  return true;
}

function isRefusal(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('OpenClaw refuses');
}
