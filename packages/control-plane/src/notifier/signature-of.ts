import { createHmac } from 'node:crypto';

/** What a webhook's receiver checks: the time in seconds, and the HMAC of it and the body. */
export function signatureOf(secret: string, body: string, at: Date): string {
  const seconds = Math.floor(at.getTime() / 1_000);
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;
}
