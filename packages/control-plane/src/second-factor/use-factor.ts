import type { CodeFactor } from '@clawster/contract/session';
import { keep } from '../change.ts';
import { databaseNow } from '../database-now.ts';
import type { ControlPlane } from '../plane.ts';
import { systemQuery } from '../query.ts';
import { findTotp, useRecoveryCode, useTotpStep } from './factor.queries.ts';
import { hashRecoveryCode } from './recovery-code.ts';
import { totpStep } from './totp.ts';
import { openTotp } from './totp-secret.ts';

/** Whether this code proves that the person has the factor; it is used up with it, also when two bring it at once. */
export function useFactor(
  plane: ControlPlane,
  personId: string,
  { factor, code }: { factor: CodeFactor; code: string },
): Promise<boolean> {
  if (factor === 'recovery-code') return keep(plane, (tx) => useRecoveryCode(tx, personId, hashRecoveryCode(code)));
  return useTotp(plane, personId, code);
}

async function useTotp(plane: ControlPlane, personId: string, code: string): Promise<boolean> {
  const { row, now } = await systemQuery(plane, async (tx) => ({
    row: await findTotp(tx, personId, 'in force'),
    now: await databaseNow(tx),
  }));
  if (!row) return false;
  const step = totpStep(await openTotp(plane, personId, row), code.replaceAll(' ', ''), now);
  return step !== undefined && keep(plane, (tx) => useTotpStep(tx, row.id, step));
}
