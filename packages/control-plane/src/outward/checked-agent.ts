import type { LookupAddress } from 'node:dns';
import { isIP } from 'node:net';
import { Agent, buildConnector } from 'undici';
import { AddressRefused, allowedAddresses, type Resolve, whyNotAddress } from './address.ts';

/**
 * An HTTP agent that connects only to allowed addresses. The address that was checked is the one that is
 * connected to: a name that changes its answer in between gains nothing. Redirects are not followed.
 */
export function checkedAgent(options: {
  allowPrivate: boolean;
  responseBytesMax: number;
  timeoutMs: number;
  /** In place of the machine's own way to look names up. */
  resolve?: Resolve;
}): Agent {
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

function checkedLookup({ allowPrivate, resolve }: { allowPrivate: boolean; resolve?: Resolve }) {
  return (host: string, asked: { all?: boolean; family?: number }, callback: LookupCallback): void => {
    allowedAddresses(host, { allowPrivate, family: asked.family ?? 0, ...(resolve ? { resolve } : {}) }).then(
      (addresses) => {
        const [first] = addresses;
        if (asked.all || !first) callback(null, addresses);
        else callback(null, first.address, first.family);
      },
      (error: Error) => callback(error),
    );
  };
}
