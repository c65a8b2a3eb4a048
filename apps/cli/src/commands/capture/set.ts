import { CaptureMode, CapturePolicy, isMore, KeepDays } from '@clawster/contract/capture';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { CliRefusal, exitCodes } from '../../failure.ts';
import { countText } from '../../output.ts';
import { confirmByName } from '../../prompt.ts';
import { sayPolicy } from './capture-text.ts';

export const setCapture = cliCommand({
  usage: 'capture set',
  summary: 'Change how much of conversations is kept from now on',
  options: [
    ['--mode <mode>', 'off, metadata, redacted or full'],
    ['--keep <days>', 'how long text is kept: 1, 7, 30, 90 or 365 days'],
    ['--people <how>', 'how people who write to bots are told: pseudonyms or names'],
    ['--yes', 'do not ask when more is to be kept'],
  ],
  input: z.object({
    mode: CaptureMode.optional(),
    keep: z.coerce.number().pipe(KeepDays).optional(),
    people: CapturePolicy.shape.people.optional(),
    yes: z.boolean().default(false),
  }),
  async run({ client, world }, { mode, keep, people, yes }) {
    if (mode === undefined && keep === undefined && people === undefined)
      throw new CliRefusal('Name what to change, see --help.', exitCodes.usage);
    const { bots, ...before } = await client.capture.get({});
    const policy = {
      mode: mode ?? before.mode,
      keepDays: keep ?? before.keepDays,
      people: people ?? before.people,
    };
    if (isMore(before, policy)) {
      const message = `More of the conversations of ${countText(bots)} ${bots === 1 ? 'bot' : 'bots'} is kept then. Type ${policy.mode} to go on`;
      await confirmByName(world, { name: policy.mode, message, otherwise: 'Nothing is changed.' }, yes);
    }
    return client.capture.set(policy);
  },
  show: (policy) => sayPolicy(policy),
});
