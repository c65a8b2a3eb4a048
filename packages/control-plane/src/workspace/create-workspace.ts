import { randomUUID } from 'node:crypto';
import type { ControlPlane } from '../plane.ts';
import { createDataKey } from '../secret/data-key.ts';
import { addBuiltInSkills } from '../skill/keep-built-in-skills.ts';
import type { Tx } from '../transaction.ts';

/** Makes a workspace with what a newcomer needs to see a bot answer: this machine to run it on, and a model that asks for no key. */
export async function createWorkspace(
  tx: Tx,
  keys: ControlPlane['keys'],
  workspace: { id: string; name: string },
): Promise<void> {
  const workspaceId = workspace.id;
  await tx.insertInto('workspace').values(workspace).execute();
  await createDataKey(tx, keys, workspaceId);
  await addBuiltInSkills(tx, workspaceId);
  await tx
    .insertInto('target')
    .values({ id: randomUUID(), workspaceId, name: 'This machine', kind: 'process', settings: {} })
    .execute();
  await tx
    .insertInto('connector')
    .values({
      id: randomUUID(),
      workspaceId,
      kind: 'model-provider',
      name: 'Demo model',
      provider: 'demo',
      model: 'clawster-demo',
    })
    .execute();
}
