import { randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';

const secretBytes = 20;
const periodSeconds = 30;
/** A code is good half a minute early and late: people read slowly, and their clocks are wrong. */
const window = 1;

/** A fresh secret, in the base32 that apps take when they cannot read the picture. */
export function newTotpSecret(): string {
  return new Secret({ buffer: new Uint8Array(randomBytes(secretBytes)).buffer }).base32;
}

/** What an authenticator app reads from the picture. */
export function totpUri(secret: string, person: { email: string }): string {
  return totpOf(secret, person.email).toString();
}

/** The step a code belongs to, or undefined when it is none of those that are good at this moment. */
export function totpStep(secret: string, code: string, now: Date): number | undefined {
  if (!/^[0-9]{6}$/.test(code)) return undefined;
  const delta = totpOf(secret).validate({ token: code, timestamp: now.getTime(), window });
  return delta === null ? undefined : Math.floor(now.getTime() / 1000 / periodSeconds) + delta;
}

/** The code of a moment. */
export function totpCode(secret: string, at: Date): string {
  return totpOf(secret).generate({ timestamp: at.getTime() });
}

/** SHA-1, six digits and half a minute are what every app understands. */
function totpOf(secret: string, label = ''): TOTP {
  return new TOTP({
    issuer: 'Clawster',
    label,
    algorithm: 'SHA1',
    digits: 6,
    period: periodSeconds,
    secret: Secret.fromBase32(secret),
  });
}
