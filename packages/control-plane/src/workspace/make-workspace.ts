import { randomUUID } from 'node:crypto';
import { api } from '@clawster/contract/api';
import { Refusal } from '@clawster/domain/refusal';
import { command } from '../command.ts';
import { isBySso } from '../session/session.queries.ts';
import { createWorkspace } from './create-workspace.ts';
import { inWorkspace } from './in-workspace.ts';
import { findWorkspace } from './workspace.queries.ts';

/** Makes another workspace with the person who asks as its owner; told in it and in the one it was made from. */
export const makeWorkspace = command(api.workspaces.create, async ({ tx, caller, record, plane }, { name }) => {
  if (caller.kind !== 'person')
    throw new Refusal(
      'refused',
      'A workspace needs a person as its owner, which an API key is not: sign in as a person for this',
    );
  if (caller.sessionId && (await isBySso(tx, caller.sessionId)))
    throw new Refusal(
      'forbidden',
      "You signed in at this workspace's identity provider, which would not let you into another: sign in with a passphrase or a passkey for this",
    );
  const workspaceId = randomUUID();
  const created = { type: 'workspace-created', subjectId: workspaceId, subjectName: name } as const;
  const made = await inWorkspace(tx, { workspaceId, caller }, async (there) => {
    await createWorkspace(tx, plane.keys, { id: workspaceId, name });
    await tx.insertInto('membership').values({ workspaceId, personId: caller.id, role: 'owner' }).execute();
    await there.record(created);
    return findWorkspace(tx, workspaceId);
  });
  await record(created);
  return made;
});
