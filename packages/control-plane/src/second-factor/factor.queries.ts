import { sql } from 'kysely';
import type { Tx } from '../transaction.ts';

const now = sql<Date>`now()`;

/** What a person signs in with beside the password. */
export async function findFactors(tx: Tx, personId: string) {
  const totp = await tx
    .selectFrom('totp')
    .select('confirmedAt')
    .where('personId', '=', personId)
    .where('confirmedAt', 'is not', null)
    .executeTakeFirst();
  const { left } = await tx
    .selectFrom('recoveryCode')
    .select(sql<number>`count(*)`.as('left'))
    .where('personId', '=', personId)
    .where('usedAt', 'is', null)
    .executeTakeFirstOrThrow();
  const { held } = await tx
    .selectFrom('passkey')
    .select(sql<number>`count(*)`.as('held'))
    .where('personId', '=', personId)
    .executeTakeFirstOrThrow();
  return { totpSince: totp?.confirmedAt ?? undefined, passkeys: held, recoveryCodesLeft: left };
}

export type TotpRow = { id: string; kekId: string; nonce: Buffer; ciphertext: Buffer };

/** The authenticator that is in force, or the one that waits for its first code. */
export function findTotp(tx: Tx, personId: string, which: 'in force' | 'offered'): Promise<TotpRow | undefined> {
  return tx
    .selectFrom('totp')
    .select(['id', 'kekId', 'nonce', 'ciphertext'])
    .where('personId', '=', personId)
    .where('confirmedAt', which === 'offered' ? 'is' : 'is not', null)
    .executeTakeFirst();
}

/** The authenticator of this id, as it is now. */
export function findTotpById(tx: Tx, id: string): Promise<TotpRow | undefined> {
  return tx.selectFrom('totp').select(['id', 'kekId', 'nonce', 'ciphertext']).where('id', '=', id).executeTakeFirst();
}

/** Puts an authenticator beside the one in force, in place of any other that waits for its first code. */
export async function offerTotp(tx: Tx, totp: TotpRow & { personId: string }): Promise<void> {
  await tx.deleteFrom('totp').where('personId', '=', totp.personId).where('confirmedAt', 'is', null).execute();
  await tx.insertInto('totp').values(totp).execute();
}

/** Makes the offered authenticator the one in force; the code that proved it is used up. */
export async function confirmTotp(tx: Tx, totp: { id: string; personId: string; step: number }): Promise<boolean> {
  await tx.deleteFrom('totp').where('personId', '=', totp.personId).where('confirmedAt', 'is not', null).execute();
  const { numUpdatedRows } = await tx
    .updateTable('totp')
    .set({ confirmedAt: now, usedStep: totp.step })
    .where('id', '=', totp.id)
    .where('confirmedAt', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Uses the code of a step up, and all before it; false when that was done already. */
export async function useTotpStep(tx: Tx, id: string, step: number): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('totp')
    .set({ usedStep: step })
    .where('id', '=', id)
    .where('usedStep', '<', step)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function deleteTotp(tx: Tx, personId: string): Promise<void> {
  await tx.deleteFrom('totp').where('personId', '=', personId).execute();
}

export async function forgetRecoveryCodes(tx: Tx, personId: string): Promise<void> {
  await tx.deleteFrom('recoveryCode').where('personId', '=', personId).execute();
}

/** Stores fresh codes in place of all earlier ones. */
export async function replaceRecoveryCodes(tx: Tx, personId: string, hashes: Buffer[]): Promise<void> {
  await forgetRecoveryCodes(tx, personId);
  await tx
    .insertInto('recoveryCode')
    .values(hashes.map((codeHash) => ({ personId, codeHash })))
    .execute();
}

/** Uses a code up; false when it is none of theirs, or was used. */
export async function useRecoveryCode(tx: Tx, personId: string, codeHash: Buffer): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('recoveryCode')
    .set({ usedAt: now })
    .where('personId', '=', personId)
    .where('codeHash', '=', codeHash)
    .where('usedAt', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
