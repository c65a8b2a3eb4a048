import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { findProfile } from './find-profile.ts';

export const deleteProfile = cliCommand({
  usage: 'profile delete <profile>',
  summary: 'Delete a profile that no bot names; those that have it by labels lose it',
  input: z.object({ profile: z.string() }),
  async run({ client }, { profile }) {
    const { id, name } = await findProfile(client, profile);
    await client.profiles.delete({ profileId: id });
    return { name };
  },
  show: ({ name }) => `The profile ${name} is deleted.`,
});
