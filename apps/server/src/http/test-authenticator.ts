import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import type { Assertion, Attestation, CreationOptions, RequestOptions } from '@clawster/contract/passkey';

/** What a browser or an authenticator does otherwise than it should. */
export type Deviation = {
  origin?: string;
  host?: string;
  challenge?: string;
  /** Whether it asked who uses it, by PIN or fingerprint. */
  verifiesPerson?: boolean;
  /** What its counter says, instead of the next number. */
  count?: number;
  userHandle?: string;
  crossOrigin?: boolean;
  signedBy?: TestAuthenticator;
};

const flags = { present: 1, verified: 4, eligible: 8, attested: 64 };

/** An authenticator in software, with a browser round it: ES256 and the attestation `none`, one passkey. */
export class TestAuthenticator {
  readonly #origin: string;
  readonly #key: KeyObject;
  readonly #publicKey: { x: Buffer; y: Buffer };
  readonly credentialId = randomBytes(32);
  #userHandle = '';
  #count = 0;

  constructor(origin: string) {
    this.#origin = origin;
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
    this.#key = privateKey;
    this.#publicKey = { x: Buffer.from(x, 'base64url'), y: Buffer.from(y, 'base64url') };
  }

  get id(): string {
    return this.credentialId.toString('base64url');
  }

  /** Makes its passkey as asked. */
  create(options: CreationOptions, deviation: Deviation = {}): Attestation {
    this.#userHandle = options.user.id;
    const data = Buffer.concat([this.#data(options.rp.id, deviation, flags.attested), this.#attested()]);
    const attestationObject = Buffer.concat([
      Buffer.from([0xa3]),
      text('fmt'),
      text('none'),
      text('attStmt'),
      Buffer.from([0xa0]),
      text('authData'),
      bytes(data),
    ]);
    return {
      ...this.#credential(),
      response: {
        clientDataJSON: this.#clientData('webauthn.create', options.challenge, deviation).toString('base64url'),
        attestationObject: attestationObject.toString('base64url'),
        transports: ['internal'],
      },
    };
  }

  /** Signs the challenge. */
  use(options: RequestOptions, deviation: Deviation = {}): Assertion {
    const data = this.#data(options.rpId, deviation);
    const clientData = this.#clientData('webauthn.get', options.challenge, deviation);
    const signed = Buffer.concat([data, createHash('sha256').update(clientData).digest()]);
    return {
      ...this.#credential(),
      response: {
        clientDataJSON: clientData.toString('base64url'),
        authenticatorData: data.toString('base64url'),
        signature: sign('sha256', signed, (deviation.signedBy ?? this).#key).toString('base64url'),
        userHandle: deviation.userHandle ?? this.#userHandle,
      },
    };
  }

  #credential() {
    return { id: this.id, rawId: this.id, type: 'public-key' as const, clientExtensionResults: {} };
  }

  #clientData(type: string, challenge: string, deviation: Deviation): Buffer {
    const { origin = this.#origin, crossOrigin = false } = deviation;
    return Buffer.from(JSON.stringify({ type, challenge: deviation.challenge ?? challenge, origin, crossOrigin }));
  }

  #data(host: string, deviation: Deviation, more = 0): Buffer {
    const count = Buffer.alloc(4);
    this.#count += 1;
    count.writeUInt32BE(deviation.count ?? this.#count);
    const verified = deviation.verifiesPerson === false ? 0 : flags.verified;
    return Buffer.concat([
      createHash('sha256')
        .update(deviation.host ?? host)
        .digest(),
      Buffer.from([flags.present | flags.eligible | verified | more]),
      count,
    ]);
  }

  /** The new passkey, as the data of its making carry it: of no known model, its id, and its key in COSE. */
  #attested(): Buffer {
    const { x, y } = this.#publicKey;
    const key = [Buffer.from('a5010203262001215820', 'hex'), x, Buffer.from('225820', 'hex'), y];
    return Buffer.concat([Buffer.alloc(16), Buffer.from([0, this.credentialId.length]), this.credentialId, ...key]);
  }
}

/** As CBOR. */
function text(value: string): Buffer {
  return Buffer.concat([Buffer.from([0x60 + value.length]), Buffer.from(value)]);
}

function bytes(value: Buffer): Buffer {
  return Buffer.concat([Buffer.from([0x59, value.length >> 8, value.length & 0xff]), value]);
}
