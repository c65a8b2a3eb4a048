import { DirectoryName } from '@clawster/contract/directory';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';

export const connect = cliCommand({
  usage: 'directory connect <name>',
  summary: 'Connect a directory that makes and ends people by SCIM; its token is printed now and never again',
  input: z.object({ name: DirectoryName }),
  async run({ client }, { name }) {
    const connected = await client.directory.connect({ name });
    const { baseUrl } = await client.directory.show({});
    return { ...connected, baseUrl };
  },
  show({ directory, value, baseUrl }, out) {
    out.note(`${directory.name} is connected. Enter this base URL there: ${baseUrl}`);
    out.note('And this token, which is not shown again:');
    return value;
  },
});
