import { ApiKeyName } from '@clawster/contract/api-key';
import { labelsOf, Selector } from '@clawster/contract/label';
import { Permission, Role } from '@clawster/contract/permission';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { CliRefusal, exitCodes } from '../../failure.ts';
import { findBot } from '../../find.ts';
import { findServiceAccount } from '../service-account/find-service-account.ts';
import { roleWords } from '../../role-words.ts';

export const create = cliCommand({
  usage: 'api-key create <name>',
  summary: 'Make an API key; its value is printed now and never again',
  options: [
    ['--role <role>', `what it may do: ${roleWords} (viewer)`],
    ['--scope <permission...>', 'narrow the role to these permissions'],
    ['--bot <bot>', 'for this bot alone'],
    ['--labels <selector>', 'for the bots with these labels alone, such as team=support'],
    ['--service-account <account>', 'make it a key of this service account, by name or id'],
    ['--expires-in-days <days>', 'when it ends (90)'],
  ],
  input: z.object({
    name: ApiKeyName,
    role: Role.default('viewer'),
    scope: z.array(Permission).optional(),
    bot: z.string().optional(),
    labels: Selector.optional(),
    serviceAccount: z.string().optional(),
    expiresInDays: z.coerce.number().int().min(1).max(365).default(90),
  }),
  async run({ client }, { scope, bot, labels, serviceAccount, ...rest }) {
    if (bot !== undefined && labels !== undefined)
      throw new CliRefusal('Say for which bots once: by --bot or by --labels.', exitCodes.usage);
    const bots = labels ? { labels: labelsOf(labels) } : bot ? { botId: (await findBot(client, bot)).id } : undefined;
    const account = serviceAccount ? await findServiceAccount(client, serviceAccount) : undefined;
    return client.apiKeys.create({
      ...rest,
      ...(scope ? { scopes: scope } : {}),
      ...(bots ? { bots } : {}),
      ...(account ? { serviceAccountId: account.id } : {}),
    });
  },
  show(made, out) {
    out.note(
      `${made.apiKey.name} (${made.apiKey.role}) until ${made.apiKey.expiresAt.slice(0, 10)}. Keep it now; it is not shown again:`,
    );
    return made.value;
  },
});
