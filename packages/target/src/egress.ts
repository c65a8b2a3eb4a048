import { createHash, randomBytes } from 'node:crypto';

/**
 * Where one bot may connect to; all else is closed to it. `allowed`: `host:port`, or `*.host:port` for all names below it, at
 * public addresses. `inside`: `host:port` exactly, also on a private network.
 */
export type Egress = { allowed: string[]; inside: string[] };

/** What the egress proxy of an engine is told of one bot. It holds no secret: of the bot's own it is the SHA-256. */
export type EgressLine = Egress & {
  botId: string;
  credentialHash: string;
  /** The networks its container is in, such as 172.20.0.0/24: its credential is good from there alone. */
  networks: string[];
};

/** All that the egress proxy goes by, whole: a bot that is not in it reaches nothing. */
export type EgressLists = { bots: EgressLine[] };

/** One thing that a bot was refused, how often, and when first and last. */
export type RefusedEgress = {
  botId: string;
  /** As it was asked for: `host:port`, if it was that. */
  place: string;
  reason: 'not-allowed' | 'not-a-name' | 'address-inside' | 'wrong-network' | 'malformed' | 'too-many';
  count: number;
  firstAt: string;
  lastAt: string;
};

/** A bot's own way through the proxy at `address` (`host:port`): what its supervisor is given, and what the proxy is. */
export function egressCredential(botId: string, address: string): { proxyUrl: string; credentialHash: string } {
  const secret = randomBytes(32).toString('base64url');
  const credentialHash = createHash('sha256').update(secret).digest('hex');
  return { proxyUrl: `http://${encodeURIComponent(botId)}:${secret}@${address}`, credentialHash };
}
