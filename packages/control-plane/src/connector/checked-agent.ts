import { lookup, type LookupAddress } from 'node:dns';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { Agent, buildConnector } from 'undici';

/** Ranges of one's own network: open only where the installation allows it. */
const privateRanges = new Set(['private', 'loopback', 'uniqueLocal', 'carrierGradeNat']);
/** Where clouds answer with the credentials of their machines, beside the link-local range. */
const metadataAddresses = new Set(['fd00:ec2::254', '100.100.100.200', '192.0.0.192']);

export class AddressRefused extends Error {}

/** Why no connection is made to this address, or undefined when one may be. */
export function whyNotAddress(address: string, options: { allowPrivate: boolean }): string | undefined {
  if (!ipaddr.isValid(address)) return 'is not an address';
  const parsed = ipaddr.process(address);
  const range = parsed.range();
  if (metadataAddresses.has(parsed.toString())) return "is a cloud's metadata service";
  if (range === 'unicast') return undefined;
  if (!privateRanges.has(range)) return 'is not a public address';
  return options.allowPrivate ? undefined : 'is on a private network, which this installation does not allow';
}

/**
 * An HTTP agent that connects only to allowed addresses. The address that was checked is the one that is
 * connected to: a name that changes its answer in between gains nothing. Redirects are not followed.
 */
export function checkedAgent(options: { allowPrivate: boolean; responseBytesMax: number; timeoutMs: number }): Agent {
  const connect = buildConnector({ timeout: options.timeoutMs, lookup: checkedLookup(options) as never });
  return new Agent({
    connect: (target, callback) => {
      const host = target.hostname.replace(/^\[|\]$/g, '');
      const reason = isIP(host) ? whyNotAddress(host, options) : undefined;
      if (reason) return callback(new AddressRefused(`${host} ${reason}`), null);
      return connect(target, callback);
    },
    headersTimeout: options.timeoutMs,
    bodyTimeout: options.timeoutMs,
    maxResponseSize: options.responseBytesMax,
  });
}

type LookupCallback = (error: Error | null, addresses?: LookupAddress[] | string, family?: number) => void;

/** Names are refused when any of their addresses is: a mixed answer is an attempt, not an accident. */
function checkedLookup(options: { allowPrivate: boolean }) {
  return (host: string, asked: { all?: boolean; family?: number }, callback: LookupCallback): void => {
    lookup(host, { all: true, family: asked.family ?? 0 }, (error, addresses) => {
      if (error) return callback(error);
      for (const { address } of addresses) {
        const reason = whyNotAddress(address, options);
        if (reason) return callback(new AddressRefused(`${host} (${address}) ${reason}`));
      }
      const [first] = addresses;
      if (asked.all || !first) return callback(null, addresses);
      return callback(null, first.address, first.family);
    });
  };
}
