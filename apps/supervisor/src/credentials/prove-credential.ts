import type { ChannelKind, Credential } from '@clawster/link/channel';
import { connectorsIn, planOf } from '@clawster/link/model-plan';
import type { Configure } from '@clawster/link/supervisor-methods';
import type { Running } from '../gateway/bring-up.ts';
import { askChannel } from './ask-channel.ts';
import { askModels } from './ask-models.ts';

/** What the other side says of a credential; `open`: neither yes nor no yet. */
export type Finding = { outcome: 'proven' | 'refused' | 'open'; text: string };

/** When the value took another's place, 0: it did not; and the conversations that the one before has still to answer in. */
export type Change = { since: number; unsent?: Set<string> };
/** What a credential is asked about: the gateway, and what it runs. */
export type InForce = { running: Running; applied: Configure; change: Change; signal: AbortSignal };

/** Asks the other side whether it takes this credential, without a message and without a token spent. */
export async function proveCredential({ use }: Credential, inForce: InForce): Promise<Finding> {
  try {
    if (use.kind === 'channel') return await askChannel(inForce.running, use.channel, changeOf(use.channel, inForce));
    const upstream = connectorsIn(planOf(inForce.applied.model))[use.index];
    if (upstream) return await askModels(upstream, inForce.signal);
    return { outcome: 'open', text: `The bot has no model provider number ${use.index + 1}` };
  } catch (error) {
    inForce.signal.throwIfAborted();
    return { outcome: 'open', text: error instanceof Error ? error.message : String(error) };
  }
}

/** A new token of Telegram's is put in by the relay: OpenClaw sees no change, and its connection stays. */
function changeOf(channel: ChannelKind, { applied, change }: InForce): Change {
  return channel === 'telegram' && applied.telegram ? { since: 0 } : change;
}
