import type { Configure } from '@clawster/link/supervisor-methods';
import { isPluginChannel } from '@clawster/runtime/channel-plugin';
import { addPlugins } from './channels/add-plugins.ts';
import type { Failures } from './failures.ts';
import { applyChanges, joinsTeam, needsRestart } from './gateway/apply-changes.ts';
import { documentFor, type Running } from './gateway/bring-up.ts';
import type { DocumentCheck } from './gateway/check-document.ts';
import type { Host } from './host.ts';
import type { Orders } from './orders.ts';
import { takeBack } from './take-back.ts';

type Parts = { orders: Orders; failures: Failures; check: DocumentCheck };
type Ask = { running: Running; asked: Configure; signal: AbortSignal };
/** `next`: it was refused, or there is nobody any more to take it over; the next step does what is to be done. */
export type TakenOver = { taken: Configure } | { restart: string } | 'next';

/** Brings a running gateway to what is asked, or to what stands in for it when it turns out bad. */
export async function takeOver(host: Host, parts: Parts, { running, asked, signal }: Ask): Promise<TakenOver> {
  // Before the document is looked at: without the plugin, OpenClaw refuses what is said of its channel.
  const hasNewPlugin = await addPlugins(host, asked.channels);
  const wanted = await unlessRefused(host, parts, { running, asked, signal });
  if (!wanted) return 'next';
  if (needsRestart(running.applied, asked)) return { restart: 'Restarted, as asked' };
  if (joinsTeam(running.applied, asked)) return { restart: 'Restarted with the tools of its team' };
  // A gateway looks for its plugins when it starts.
  if (hasNewPlugin || gainsPlugin(running.applied, wanted))
    return { restart: 'Restarted with a plugin that was added' };
  const change = await applyChanges(host, running, { wanted, signal });
  if (running.process.hasExited()) return 'next';
  if (typeof change === 'object' && takeBack(host, parts, { tried: wanted, why: change.refused })) return 'next';
  return change === 'applied' ? { taken: wanted } : { restart: 'The new configuration needs a restart' };
}

function gainsPlugin(applied: Configure, wanted: Configure): boolean {
  return wanted.channels.some((channel) => isPluginChannel(channel) && !applied.channels.includes(channel));
}

/** A document that OpenClaw would refuse never reaches a gateway that works: the one before takes its place. */
async function unlessRefused(
  host: Host,
  { check, ...parts }: Parts,
  { running, asked, signal }: Ask,
): Promise<Configure | undefined> {
  const text = documentFor(host, asked, running.port);
  const refused = text === running.documentText ? undefined : await check.whyRefused(text, signal);
  if (refused === undefined) return asked;
  return takeBack(host, parts, { tried: asked, why: refused }) ? parts.orders.wanted : undefined;
}
