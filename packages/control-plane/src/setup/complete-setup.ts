import { randomUUID } from 'node:crypto';
import { api } from '@clawster/contract/api';
import { Refusal } from '@clawster/domain/refusal';
import type { Caller } from '../caller.ts';
import { change } from '../change.ts';
import { parseInput } from '../enter.ts';
import type { ControlPlane } from '../plane.ts';
import { systemQuery } from '../query.ts';
import { type OpenedSession, openSession } from '../session/open-session.ts';
import { hashPassword, refuseGuessable } from '../session/password.ts';
import { hashToken } from '../session/token.ts';
import { createWorkspace } from '../workspace/create-workspace.ts';
import { isSetupToken, useSetupToken } from './setup.queries.ts';

/** Makes the first owner and their workspace, once: the token is used up with it. */
export async function completeSetup(plane: ControlPlane, caller: Caller, raw: unknown): Promise<OpenedSession> {
  const input = parseInput(api.setup.complete, raw);
  const tokenHash = hashToken(input.token);
  // Before the costly hash, so that a stranger without the token cannot make the server work.
  if (!(await systemQuery(plane, (tx) => isSetupToken(tx, tokenHash)))) throw tokenRefused();
  refuseGuessable(input.password, [input.name, input.email, input.workspaceName]);
  const passwordHash = await hashPassword(input.password);
  const owner = { id: randomUUID(), name: input.name, workspaceId: randomUUID(), role: 'owner' as const };

  return change(
    plane,
    { workspaceId: owner.workspaceId, actor: { kind: 'person', id: owner.id, name: owner.name }, from: caller },
    async (context) => {
      const { tx, record } = context;
      if (!(await useSetupToken(tx, tokenHash))) throw tokenRefused();
      await createWorkspace(tx, plane.keys, { id: owner.workspaceId, name: input.workspaceName });
      await tx
        .insertInto('person')
        .values({ id: owner.id, name: owner.name, email: input.email, passwordHash })
        .execute();
      await tx
        .insertInto('membership')
        .values({ workspaceId: owner.workspaceId, personId: owner.id, role: owner.role })
        .execute();
      await record({ type: 'setup-completed', subjectId: owner.workspaceId, subjectName: input.workspaceName });
      return openSession(context, owner, caller);
    },
  );
}

function tokenRefused(): Refusal {
  return new Refusal(
    'forbidden',
    'This set-up link was used or is outdated: open the one that the last `clawster up` printed, or sign in',
  );
}
