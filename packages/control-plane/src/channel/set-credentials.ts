import type { ChannelCredentials } from '@clawster/contract/channel';
import type { CommandContext } from '../command.ts';
import { setFieldSecret } from '../secret/secret-use.ts';
import { givenCredentials } from './connection-of.ts';

/** Keeps what was given as secrets of the channel, one a field; what was not given stays. */
export async function setCredentials(
  context: CommandContext,
  { id, name }: { id: string; name: string },
  credentials: ChannelCredentials,
): Promise<void> {
  for (const [field, given] of givenCredentials(credentials))
    await setFieldSecret(context, given, {
      ownerKind: 'channel',
      ownerId: id,
      field,
      name: `${name} ${field.replace('-', ' ')}`,
    });
}
