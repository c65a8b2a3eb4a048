import type { ChannelKind } from '@clawster/contract/channel-settings';
import { EgressHost } from '@clawster/contract/egress';
import type { Egress } from '@clawster/target/egress';
import { isNamed, placeOf } from './place.ts';

/** Where each service is that OpenClaw's channels speak to; Telegram's is asked by the supervisor. */
const hostsOf: Readonly<Record<ChannelKind, readonly string[]>> = {
  telegram: [],
  slack: ['slack.com:443', '*.slack.com:443'],
  discord: ['discord.com:443', '*.discord.gg:443', 'cdn.discordapp.com:443', 'media.discordapp.net:443'],
  whatsapp: ['web.whatsapp.com:443', '*.whatsapp.net:443'],
};

/** What of a bot says where it has to get. */
export type EgressFacts = {
  /** Of this Clawster, as the bot dials in. */
  controlPlaneUrl: string;
  /** Of model providers and of services, as their makers have them. */
  urls: readonly string[];
  /** Of those that the workspace runs itself. */
  ownUrls: readonly string[];
  channels: readonly ChannelKind[];
  /** Those that its layers name. */
  hosts: readonly string[];
  /** Whether what the workspace runs itself may be on a private network. */
  allowPrivate: boolean;
};

/**
 * Where a bot may connect to, and nothing else: its control plane, its models, its channels, and the hosts its layers name.
 * What is no host that could be named is left out. The same facts give the same list.
 */
export function egressOf(facts: EgressFacts): Egress {
  const own = facts.ownUrls.flatMap((url) => placeOf(url) ?? []);
  const usual = facts.urls.flatMap((url) => placeOf(url) ?? []).filter(isNamed);
  const named = facts.hosts.filter((host) => EgressHost.safeParse(host).success);
  const inside = [placeOf(facts.controlPlaneUrl) ?? [], facts.allowPrivate ? own : []].flat();
  const allowed = [...usual, ...facts.channels.flatMap((kind) => hostsOf[kind]), ...named, ...own];
  return { allowed: once(allowed.filter((place) => !inside.includes(place))), inside: once(inside) };
}

function once(places: readonly string[]): string[] {
  return [...new Set(places)].toSorted();
}
