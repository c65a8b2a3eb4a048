import type { SignedIn } from '../caller.ts';
import { change, type ChangeContext } from '../change.ts';
import type { ControlPlane } from '../plane.ts';
import { systemQuery } from '../query.ts';

/** Does the same in each other workspace the person belongs to, each in a recorded transaction of its own. */
export async function elsewhere(
  plane: ControlPlane,
  caller: SignedIn,
  work: (context: ChangeContext, workspaceId: string) => Promise<void>,
): Promise<void> {
  for (const workspaceId of await otherWorkspacesOf(plane, caller))
    await change(plane, { workspaceId, caller }, (context) => work(context, workspaceId));
}

/** The workspaces a person belongs to beside the one they ask from, in one order. */
export async function otherWorkspacesOf(
  plane: ControlPlane,
  { id, workspaceId }: Pick<SignedIn, 'id' | 'workspaceId'>,
): Promise<string[]> {
  const others = await systemQuery(plane, (tx) =>
    tx
      .selectFrom('membership')
      .select('workspaceId')
      .where('personId', '=', id)
      .where('workspaceId', '!=', workspaceId)
      .orderBy('workspaceId')
      .execute(),
  );
  return others.map((one) => one.workspaceId);
}
