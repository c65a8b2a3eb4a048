import { api } from '@clawster/contract/api';
import { command } from '../command.ts';
import { deleteDirectory, describeDirectory } from './directory.queries.ts';
import { lockOwnDirectory } from './lock-own-directory.ts';

/** Removes the directory with its tokens and groups. People stay as they are: who is let in is, who was deactivated is not. */
export const removeDirectory = command(api.directory.remove, async ({ tx, caller, record }) => {
  const directory = await lockOwnDirectory(tx, caller);
  const { people } = await describeDirectory(tx, directory);
  await deleteDirectory(tx, caller.workspaceId);
  await record({
    type: 'directory-removed',
    subjectId: directory.id,
    subjectName: directory.name,
    detail: { people: people.letIn + people.shut },
  });
  return {};
});
