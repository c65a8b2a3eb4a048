/** What a key-encryption key made of a data key, and which key, at which version, that was. */
export type Wrapped = { kekId: string; wrapped: Buffer };

export type KeyKind = 'file' | 'vault' | 'aws-kms' | 'gcp-kms' | 'azure-key-vault';

/** One key-encryption key at the place where it is kept. What it wraps is bound to a place: a workspace, or a purpose. */
export type KeyDriver = {
  readonly kind: KeyKind;
  /** Names the key; its version too, from the first time it was used on. */
  readonly id: string;
  /** Whether it can open what was wrapped under this id: the key itself, at any of its versions. */
  holds(kekId: string): boolean;
  wrap(dataKey: Buffer, boundTo: string): Promise<Wrapped>;
  /** Throws a KeyTrouble when it cannot, or may not, or the wrapped key was altered or belongs elsewhere. */
  unwrap(wrapped: Wrapped, boundTo: string): Promise<Buffer>;
};

/** Why a key cannot be used now: `unreachable` passes by itself, the others are somebody's to mend. */
export type KeyTroubleReason = 'unreachable' | 'denied' | 'disabled' | 'missing' | 'altered';

const sentences: Record<KeyTroubleReason, (id: string) => string> = {
  unreachable: (id) => `The key ${id} cannot be reached: check its service and the network`,
  denied: (id) => `The key ${id} may not be used: let this server encrypt and decrypt with it`,
  disabled: (id) => `The key ${id} is disabled or about to be deleted: enable it again`,
  missing: (id) => `The key ${id} is not there: check its name, or put it back`,
  altered: (id) => `The wrapped key was altered, belongs to another workspace, or is not of the key ${id}`,
};

/** A key that could not be used, in a sentence that says what to do. */
export class KeyTrouble extends Error {
  readonly reason: KeyTroubleReason;

  constructor(reason: KeyTroubleReason, key: string, cause: unknown) {
    super(`${sentences[reason](key)}${detailOf(cause)}`, { cause });
    this.reason = reason;
  }
}

const detailMax = 200;

/** What the service itself said, where it said something. */
function detailOf(cause: unknown): string {
  const message = cause instanceof Error ? cause.message.split('\n')[0]?.trim() : undefined;
  return message ? ` (${message.slice(0, detailMax)})` : '';
}

/** Does something with a key; what fails is told as a KeyTrouble. */
export async function usingKey<T>(
  id: string,
  { reasonOf }: { reasonOf: (error: unknown) => KeyTroubleReason },
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof KeyTrouble ? error : new KeyTrouble(reasonOf(error), id, error);
  }
}
