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
  const others = await systemQuery(plane, (tx) =>
    tx
      .selectFrom('membership')
      .select('workspaceId')
      .where('personId', '=', caller.id)
      .where('workspaceId', '!=', caller.workspaceId)
      .execute(),
  );
  for (const { workspaceId } of others)
    await change(plane, { workspaceId, caller }, (context) => work(context, workspaceId));
}
