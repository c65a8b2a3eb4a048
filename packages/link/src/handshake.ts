import { z } from 'zod';
import { Copy } from './copy.ts';

/**
 * How a link begins. The server speaks first with `hello`; the supervisor answers with one request,
 * `enrol` (first time, with the one-time join token), `authenticate` (signs the nonce) or `decline`; anything
 * else closes the link with 4401. Keys are Ed25519, raw, base64url.
 */
export const Hello = z.object({
  linkVersion: z.int(),
  linkVersionMin: z.int(),
  nonce: z.string(),
  /** Which copy of which installation speaks; absent from servers that are older than this. */
  copy: Copy.optional(),
});
export type Hello = z.infer<typeof Hello>;

const about = {
  botId: z.uuid(),
  linkVersion: z.int(),
  supervisorVersion: z.string(),
  publicKey: z.string(),
  signature: z.string(),
};

export const Enrol = z.object({ ...about, joinToken: z.string() });
export type Enrol = z.infer<typeof Enrol>;
export const Authenticate = z.object({
  ...about,
  /** Of the configuration in force: a control plane restored from before it goes on counting from there. */
  generation: z.int().nonnegative().max(2_000_000_000).default(0),
});
export type Authenticate = z.infer<typeof Authenticate>;
/** Instead of an introduction: the supervisor obeys `obeys`, and not who said hello. Signed, or anyone could depose a server. */
export const Decline = z.object({ ...about, obeys: Copy });
export type Decline = z.infer<typeof Decline>;
/** `epoch` rises with every link of a bot; frames of an older epoch are void. */
export const Welcome = z.object({ epoch: z.int(), heartbeatMs: z.int() });
export type Welcome = z.infer<typeof Welcome>;

/** What both ends sign and verify: binds the nonce of this connection to the bot and its key. */
export function signedText(nonce: string, botId: string, publicKey: string): string {
  return `clawster-link-1|${nonce}|${botId}|${publicKey}`;
}

/** Close codes of the link, beside those of WebSocket. */
export const closeCode = {
  unauthenticated: 4401,
  revoked: 4403,
  versionUnsupported: 4426,
  replaced: 4409,
  overloaded: 4429,
  /** The supervisor's own: it obeys a newer copy of this installation, or another one. */
  declined: 4410,
} as const;
