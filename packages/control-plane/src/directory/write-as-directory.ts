import { violates } from '@clawster/database/violation';
import { ScimRefusal } from '@clawster/domain/scim/scim-refusal';
import { change, type ChangeContext } from '../change.ts';
import type { ControlPlane } from '../plane.ts';
import { actorOfDirectory, type DirectoryCaller } from './authenticate-directory.ts';
import { lockDirectory, type StoredDirectory } from './directory.queries.ts';
import { type Mapping, mappingOf } from './mapping.ts';

export type DirectoryContext = ChangeContext & { directory: StoredDirectory; mapping: Mapping; baseUrl: string };

/**
 * A mutation that a directory asks for: in its workspace alone, one after the other, recorded with the directory as the
 * actor. What is taken already is refused as `uniqueness`.
 */
export async function writeAsDirectory<T>(
  plane: ControlPlane,
  { caller, baseUrl }: { caller: DirectoryCaller; baseUrl: string },
  work: (context: DirectoryContext) => Promise<T>,
): Promise<T> {
  const { workspaceId, from } = caller;
  try {
    return await change(plane, { workspaceId, actor: actorOfDirectory(caller), from }, async (context) => {
      const directory = await lockDirectory(context.tx, workspaceId);
      if (directory?.id !== caller.id)
        throw new ScimRefusal(403, 'This directory was removed in Clawster at this very moment');
      const mapping = await mappingOf(context.tx, directory);
      return work({ ...context, directory, mapping, baseUrl });
    });
  } catch (cause) {
    const taken = takenBy.find(([constraint]) => violates(cause, constraint));
    if (!taken) throw cause;
    throw new ScimRefusal(409, taken[1], { scimType: 'uniqueness', cause });
  }
}

const takenBy = [
  ['directory_user_name', 'Another user has this userName: give each their own'],
  ['directory_user_pkey', 'The account with this address is another user already: give each their own address'],
  ['membership_pkey', 'This person has just become a member: try again'],
  ['person_email', 'Another account has this e-mail address: give each their own'],
  ['directory_group_name', 'Another group has this displayName: give each its own'],
  [
    'directory_group_member_workspace_id_person_id_fkey',
    'One of these people was removed at this very moment: try again',
  ],
  ['directory_user_workspace_id_person_id_fkey', 'This person was removed at this very moment: try again'],
] as const;
