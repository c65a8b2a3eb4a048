import { ChannelOverrides } from '@clawster/contract/channel-settings';
import { z } from 'zod';

const { dmPolicy, groupPolicy, allowFrom, groups } = ChannelOverrides.shape;

/** Who may write to a bot by a channel, as options; what is not given stays as it is. */
export const ruleOptions: [string, string][] = [
  ['--dm <who>', 'who may write to it alone: pairing, allowlist, open or disabled'],
  ['--allow-from <ids...>', 'whom the allowlist names, as the service knows them'],
  ['--in-groups <where>', 'where it answers among many: allowlist, open or disabled'],
  ['--groups <ids...>', 'those it answers in'],
  ['--mention <yes|no>', 'whether it answers there only whoever speaks to it by name'],
];

export const ruleInput = {
  dm: dmPolicy,
  allowFrom,
  inGroups: groupPolicy,
  groups,
  mention: z.enum(['yes', 'no']).optional(),
};

type Rules = z.output<z.ZodObject<typeof ruleInput>>;

/** The rules that were given, in the contract's words. */
export function rulesOf({ dm, allowFrom: allowed, inGroups, groups: named, mention }: Rules): ChannelOverrides {
  return {
    ...(dm ? { dmPolicy: dm } : {}),
    ...(allowed ? { allowFrom: allowed } : {}),
    ...(inGroups ? { groupPolicy: inGroups } : {}),
    ...(named ? { groups: named } : {}),
    ...(mention ? { requireMention: mention === 'yes' } : {}),
  };
}
