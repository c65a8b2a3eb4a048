import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { seal, unseal } from '@clawster/control-plane/secret/envelope';

/** How long a credential may be under way: replicas share the database's time, so that clocks need no room. */
const lifeMs = 15_000;
const scheme = 'Clawster-Replica';

/** What one replica says to another in one request: who may ask, and the key under which both speak. */
export type Conversation = {
  header: string;
  seal(message: unknown): Buffer;
  unseal(sealed: Buffer): unknown;
};

export type Credentials = {
  /** Begins a conversation with the replica of that name. */
  open(to: string): Conversation;
  /** The other end of it, or why this credential is not let in. Each is let in once. */
  accept(header: string | undefined): Conversation | { refused: string };
};

/** By the installation's own key replicas know each other, and nobody else can speak to them or read what they say. */
export function replicaCredentials(key: Buffer, { id, nowMs }: { id: string; nowMs: () => number }): Credentials {
  const [signing, sealing] = ['sign', 'seal'].map((use) => Buffer.from(hkdfSync('sha256', key, '', use, 32)));
  const macOf = (to: string, issuedAt: string, nonce: string) =>
    createHmac('sha256', signing as Buffer)
      .update(JSON.stringify(['clawster-forward-1', to, issuedAt, nonce]))
      .digest();
  const used = usedNonces();
  return {
    open(to) {
      const [issuedAt, nonce] = [String(Math.round(nowMs())), randomBytes(16).toString('base64url')];
      const header = `${scheme} ${issuedAt}.${nonce}.${macOf(to, issuedAt, nonce).toString('base64url')}`;
      return { header, ...sealed(sealing as Buffer, { to, nonce }, ['ask', 'answer']) };
    },
    accept(header) {
      const [, issuedAt, nonce, mac] =
        /^Clawster-Replica (\d{1,16})\.([\w-]{22})\.([\w-]{43})$/.exec(header ?? '') ?? [];
      if (!issuedAt || !nonce || !mac) return { refused: 'it carries no credential of a replica' };
      if (!timingSafeEqual(macOf(id, issuedAt, nonce), Buffer.from(mac, 'base64url')))
        return { refused: 'its credential was not made with the key of this installation, or for another replica' };
      const now = nowMs();
      if (Math.abs(now - Number(issuedAt)) > lifeMs) return { refused: 'its credential is outdated' };
      if (!used.add(nonce, now)) return { refused: 'its credential was used before' };
      return { header: '', ...sealed(sealing as Buffer, { to: id, nonce }, ['answer', 'ask']) };
    },
  };
}

/** Each message is bound to its conversation, its direction and its place: moved, repeated or left out, the next does not open. */
function sealed(key: Buffer, { to, nonce }: { to: string; nonce: string }, [out, back]: [string, string]) {
  const counts = { [out]: 0, [back]: 0 };
  const place = (direction: string) => ['forward', to, nonce, direction, (counts[direction] as number)++];
  return {
    seal(message: unknown): Buffer {
      const { nonce: iv, ciphertext } = seal(key, Buffer.from(JSON.stringify(message)), place(out));
      return Buffer.concat([iv, ciphertext]);
    },
    unseal(bytes: Buffer): unknown {
      const envelope = { nonce: bytes.subarray(0, 12), ciphertext: bytes.subarray(12) };
      return JSON.parse(unseal(key, envelope, place(back)).toString());
    },
  };
}

/** Remembers nonces for as long as their credentials could be let in again. */
function usedNonces() {
  const seen = new Map<string, number>();
  return {
    add(nonce: string, now: number): boolean {
      for (const [old, at] of seen) {
        if (now - at <= 2 * lifeMs) break;
        seen.delete(old);
      }
      if (seen.has(nonce)) return false;
      seen.set(nonce, now);
      return true;
    },
  };
}
