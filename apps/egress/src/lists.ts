import type { EgressLists, RefusedEgress } from '@clawster/target/egress';
import ipaddr from 'ipaddr.js';
import { z } from 'zod';

const places = z.array(z.string().max(300)).max(2_000);
const Network = z.string().refine((text) => ipaddr.isValidCIDR(text), 'Write a network such as 172.20.0.0/24');
const Lists = z.strictObject({
  bots: z
    .array(
      z.strictObject({
        botId: z.string().min(1).max(100),
        credentialHash: z.string().regex(/^[0-9a-f]{64}$/),
        networks: z.array(Network).max(20),
        allowed: places,
        inside: places,
      }),
    )
    .max(10_000),
}) satisfies z.ZodType<EgressLists>;

export type ListedBot = EgressLists['bots'][number];
/** The bots that may reach anything, by their ids. */
export type ListedBots = ReadonlyMap<string, ListedBot>;
export type Reason = RefusedEgress['reason'];

/** The lists as they were written; throws when they are not whole. */
export function readLists(text: string): ListedBots {
  const { bots } = Lists.parse(JSON.parse(text));
  return new Map(bots.map((bot) => [bot.botId, bot]));
}

/** Whether this address, as a socket has it, is in one of the networks. */
export function isFrom(networks: readonly string[], address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const from = ipaddr.process(address);
  return networks.some((network) => {
    const [base, bits] = ipaddr.parseCIDR(network);
    return base.kind() === from.kind() && from.match(base, bits);
  });
}
