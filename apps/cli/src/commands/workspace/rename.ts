import { WorkspaceName } from '@clawster/contract/workspace';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';

export const rename = cliCommand({
  usage: 'workspace rename <name>',
  summary: 'Give the workspace another name',
  input: z.object({ name: WorkspaceName }),
  run: ({ client }, { name }) => client.workspaces.rename({ name }),
  show: ({ name }) => `The workspace is named ${name} now.`,
});
