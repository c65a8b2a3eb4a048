import type { Actor } from '@clawster/contract/event';
import type { From } from '../caller.ts';
import { keep } from '../change.ts';
import type { ControlPlane } from '../plane.ts';
import { systemQuery } from '../query.ts';
import { hashToken } from '../session/token.ts';
import { ifWritable } from '../system/database-mode.ts';
import { findByToken, touchToken } from './token.queries.ts';
import { isTokenValue } from './token-value.ts';

/** Which directory asks, and of which workspace: its token says both. */
export type DirectoryCaller = { id: string; name: string; workspaceId: string; from: From };

const touchedEveryMs = 60_000;

/** The directory whose token this is, asked of the database each time; undefined: unknown, replaced, or removed with it. */
export async function authenticateDirectory(
  plane: ControlPlane,
  value: string,
  from: From,
): Promise<DirectoryCaller | undefined> {
  if (!isTokenValue(value)) return undefined;
  const found = await systemQuery(plane, (tx) => findByToken(tx, hashToken(value)));
  if (!found) return undefined;
  const { tokenId, lastUsedAt, ...directory } = found;
  if (Date.now() - (lastUsedAt?.getTime() ?? 0) > touchedEveryMs)
    await ifWritable(plane, () => keep(plane, (tx) => touchToken(tx, tokenId)));
  return { ...directory, from };
}

export function actorOfDirectory({ id, name }: DirectoryCaller): Actor {
  return { kind: 'directory', id, name };
}
