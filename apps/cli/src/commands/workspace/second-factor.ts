import { RequiredOf } from '@clawster/contract/workspace';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';

export const secondFactor = cliCommand({
  usage: 'workspace second-factor [of]',
  summary: 'Of whom a second factor is required: owners, everyone or nobody; says it, or sets it',
  input: z.object({ of: RequiredOf.optional() }),
  async run({ client }, { of }) {
    const settings = of
      ? await client.workspace.requireSecondFactor({ requiredOf: of })
      : await client.workspace.settings();
    return settings.secondFactor;
  },
  show: ({ requiredOf }) =>
    requiredOf === 'nobody'
      ? 'A second factor is required of nobody.'
      : `A second factor is required of ${requiredOf}. Who has none gets a day to add one.`,
});
