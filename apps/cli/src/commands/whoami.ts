import { z } from 'zod';
import { cliCommand } from '../command.ts';
import { serverUrl } from '../connection.ts';

export const whoami = cliCommand({
  usage: 'whoami',
  summary: 'Show where and as whom you are signed in',
  input: z.object({}),
  run: async ({ client, world }) => ({ url: serverUrl(world), ...(await client.sessions.current()) }),
  show: ({ url, caller, role, workspace }) =>
    `${caller.kind === 'person' ? caller.person.name : caller.name} (${role}) in ${workspace.name} at ${url}`,
});
