import ipaddr from 'ipaddr.js';

/** Enough for a bot, its relay and what else serves it; the first is the engine's, the last for all. */
const perNetwork = 8;
const prefix = 29;

/** How many networks of bots fit into the range. */
export function networksIn(range: string): number {
  const [, bits] = ipaddr.IPv4.parseCIDR(range);
  return Math.max(0, 2 ** (prefix - bits));
}

/** The network with this number, such as `10.213.0.8/29`. */
export function networkAt(range: string, number: number): string {
  const [first] = ipaddr.IPv4.parseCIDR(range);
  return `${shifted(first, number * perNetwork)}/${prefix}`;
}

/** Who has which address in a network. */
export function addressesIn(network: string): { relay: string; bot: string; egress: string } {
  const [first] = ipaddr.IPv4.parseCIDR(network);
  return { relay: shifted(first, 2), bot: shifted(first, 3), egress: shifted(first, 4) };
}

function shifted(address: ipaddr.IPv4, by: number): string {
  const value = address.octets.reduce((sum, octet) => sum * 256 + octet, 0) + by;
  return [24, 16, 8, 0].map((bits) => Math.floor(value / 2 ** bits) % 256).join('.');
}
