import { keep } from '../change.ts';
import type { ControlPlane } from '../plane.ts';
import { hashToken, newToken } from '../session/token.ts';
import { storeSetupToken } from './setup.queries.ts';

/** A fresh one-time token that makes the first owner, in place of any earlier one; undefined once there is an owner. */
export async function issueSetupToken(plane: Pick<ControlPlane, 'db'>): Promise<string | undefined> {
  const token = newToken();
  return (await keep(plane, (tx) => storeSetupToken(tx, hashToken(token)))) ? token : undefined;
}
