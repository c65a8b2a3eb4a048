import { createPublicKey, verify } from 'node:crypto';
import { signedText } from '@clawster/link/handshake';

/** Whether the holder of this raw Ed25519 key signed this connection's nonce for this bot. */
export function verifySignature(
  nonce: string,
  claim: { botId: string; publicKey: string; signature: string },
): boolean {
  try {
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: claim.publicKey }, format: 'jwk' });
    return verify(
      null,
      Buffer.from(signedText(nonce, claim.botId, claim.publicKey)),
      key,
      Buffer.from(claim.signature, 'base64url'),
    );
  } catch {
    return false;
  }
}
