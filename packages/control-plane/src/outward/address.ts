import { lookup } from 'node:dns/promises';
import type { LookupAddress } from 'node:dns';
import ipaddr from 'ipaddr.js';

/** Ranges of one's own network: open only where the installation allows it. */
const privateRanges = new Set(['private', 'loopback', 'uniqueLocal', 'carrierGradeNat']);
/** Where clouds answer with the credentials of their machines, beside the link-local range. */
const metadataAddresses = new Set(['fd00:ec2::254', '100.100.100.200', '192.0.0.192']);

/** Looks a name up, as `dns.lookup` does. */
export type Resolve = (host: string, options: { all: true; family: number }) => Promise<LookupAddress[]>;

const globalUnicast = ipaddr.parseCIDR('2000::/3');

export class AddressRefused extends Error {}

/** Why no connection is made to this address, or undefined when one may be. */
export function whyNotAddress(address: string, options: { allowPrivate: boolean }): string | undefined {
  if (!ipaddr.isValid(address)) return 'is not an address';
  const parsed = ipaddr.process(address);
  const range = parsed.range();
  if (metadataAddresses.has(parsed.toString())) return "is a cloud's metadata service";
  // All public IPv6 addresses begin so; among the others are old ways to write an IPv4 address, such as ::127.0.0.1.
  if (range === 'unicast' && (parsed.kind() === 'ipv4' || parsed.match(globalUnicast))) return undefined;
  if (!privateRanges.has(range)) return 'is not a public address';
  return options.allowPrivate ? undefined : 'is on a private network, which this installation does not allow';
}

/** The addresses of a name, refused when any of them is: a mixed answer is an attempt, not an accident. */
export async function allowedAddresses(
  host: string,
  options: { allowPrivate: boolean; family?: number; resolve?: Resolve },
): Promise<LookupAddress[]> {
  const resolve: Resolve = options.resolve ?? lookup;
  const addresses = await resolve(host, { all: true, family: options.family ?? 0 });
  for (const { address } of addresses) {
    const reason = whyNotAddress(address, options);
    if (reason) throw new AddressRefused(`${host} (${address}) ${reason}`);
  }
  return addresses;
}

/** One address to connect to: it, and not the name that might answer otherwise the next time, is what was checked. */
export async function allowedAddress(host: string, options: { allowPrivate: boolean }): Promise<string> {
  const [first] = await allowedAddresses(host, options);
  return first?.address ?? host;
}
