import type { Credential } from '@clawster/link/channel';
import type { Configure } from '@clawster/link/supervisor-methods';
import type { Running } from '../gateway/bring-up.ts';
import { askChannel } from './ask-channel.ts';
import { type PlannedUpstream, planOf } from '@clawster/link/model-plan';
import { askModels } from './ask-models.ts';

/** What the other side says of a credential; `open`: neither yes nor no yet. */
export type Finding = { outcome: 'proven' | 'refused' | 'open'; text: string };

/** What a credential is asked about: the gateway and what it runs, and since when the value is in force. */
export type InForce = { running: Running; applied: Configure; since: number; signal: AbortSignal };

/** Asks the other side whether it takes this credential, without a message and without a token spent. */
export async function proveCredential({ use }: Credential, inForce: InForce): Promise<Finding> {
  try {
    if (use.kind === 'channel') return await askChannel(inForce.running, use.channel, inForce.since);
    const upstream = providersOf(inForce.applied)[use.index];
    if (upstream) return await askModels(upstream, inForce.signal);
    return { outcome: 'open', text: `The bot has no model number ${use.index + 1}` };
  } catch (error) {
    inForce.signal.throwIfAborted();
    return { outcome: 'open', text: error instanceof Error ? error.message : String(error) };
  }
}

/** Who may be asked for the bot's usual model, each once and in the order of the plan: by this its credentials are counted. */
function providersOf({ model }: Configure): PlannedUpstream[] {
  const upstreams = planOf(model).models[0]?.upstreams ?? [];
  return [...new Map(upstreams.toReversed().map((one) => [one.connectorId, one])).values()].toReversed();
}
