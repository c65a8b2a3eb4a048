import type { SecretReference } from '@clawster/contract/secret-source';

export type SecretKind = SecretReference['kind'];
export type ReferenceOf<Kind extends SecretKind> = Extract<SecretReference, { kind: Kind }>;

/** A place outside of Clawster where secrets are kept; it is signed in to as the installation says. */
export type SecretSource<Kind extends SecretKind = SecretKind> = {
  /** The secret as it is there now, and which version that is; throws a SecretTrouble with why it cannot be had. */
  read(reference: ReferenceOf<Kind>, signal: AbortSignal): Promise<{ value: string; version: string }>;
};

export type SecretTroubleReason = 'not-found' | 'denied' | 'unreachable' | 'no-field';

/** A secret that could not be read, in a sentence that says what to do; it never says anything of a value. */
export class SecretTrouble extends Error {
  readonly reason: SecretTroubleReason;

  constructor(reason: SecretTroubleReason, sentence: string, cause?: unknown) {
    super(sentence, { cause });
    this.reason = reason;
  }
}

const sentences: Record<Exclude<SecretTroubleReason, 'no-field'>, (secret: string, place: string) => string> = {
  'not-found': (secret, place) => `${place} has no secret ${secret}: check its name, or put it there`,
  denied: (secret, place) => `${place} does not let Clawster read ${secret}: allow it to, or name another secret`,
  unreachable: (secret, place) => `${place} cannot be asked for ${secret} now: check its service and the network`,
};

type Asked = {
  /** What the source is called, at the beginning of a sentence. */
  place: string;
  secret: string;
  reasonOf: (error: unknown) => Exclude<SecretTroubleReason, 'no-field'>;
};

/** Asks a source for a secret; what fails is told as a SecretTrouble. */
export async function asking<T>({ place, secret, reasonOf }: Asked, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof SecretTrouble) throw error;
    const reason = reasonOf(error);
    throw new SecretTrouble(reason, sentences[reason](secret, place), error);
  }
}

/** The field of a secret that is a JSON object, or the secret as it is when no field is named. */
export function fieldOf(text: string, { secret, field }: { secret: string; field: string | undefined }): string {
  if (field === undefined) return text;
  const found = objectIn(text);
  if (!found)
    throw new SecretTrouble('no-field', `${secret} is no JSON object, so it has no field ${field}: name no field`);
  return fieldIn(found, { secret, field });
}

/** The text of a field; refused when there is none, or it holds no text. */
export function fieldIn(fields: Record<string, unknown>, { secret, field }: { secret: string; field: string }): string {
  const value = Object.hasOwn(fields, field) ? fields[field] : undefined;
  if (typeof value === 'string') return value;
  if (value === undefined)
    throw new SecretTrouble('no-field', `${secret} has no field ${field}: check the field's name`);
  throw new SecretTrouble('no-field', `The field ${field} of ${secret} is no text: name a field that is`);
}

function objectIn(text: string): Record<string, unknown> | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return parsed !== null && typeof parsed === 'object' && !Array.isArray(parsed)
      ? (parsed as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
