import type { ChannelCredentials } from '@clawster/contract/channel';
import { ChannelKind } from '@clawster/contract/channel-settings';
import { channelFacts, type CredentialField, credentialFields } from '@clawster/domain/channel/kinds';
import { z } from 'zod';
import type { Context } from '../../command.ts';
import { CliRefusal, exitCodes } from '../../failure.ts';
import { askHidden, readSecretsFromStdin } from '../../prompt.ts';
import { findSecret } from '../secret/find-secret.ts';

/** What a service is asked with, as options. Tokens come from a hidden prompt or standard input, never argv. */
export const credentialOptions: [string, string][] = [
  ['--token-stdin', 'read its tokens from standard input, one a line, instead of asking for them'],
  ['--secret <field=secret...>', 'use a secret that is kept already, such as bot-token=Telegram'],
];
export const credentialInput = {
  tokenStdin: z.boolean().default(false),
  secret: z.array(z.string().regex(/^(bot|app)-token=./, 'Write bot-token=<secret>')).default([]),
};
export const kindOption: [string, string] = ['--kind <kind>', ChannelKind.options.join(', ')];

type Given = { tokenStdin: boolean; secret: string[] };

/** The credentials of a kind: secrets that were named, and the rest typed or read. */
export async function readCredentials(
  { client, world }: Pick<Context, 'client' | 'world'>,
  kind: ChannelKind,
  { tokenStdin, secret }: Given,
): Promise<ChannelCredentials> {
  const kept = new Map<string, string>();
  for (const pair of secret) {
    const at = pair.indexOf('=');
    kept.set(pair.slice(0, at), (await findSecret(client, pair.slice(at + 1))).id);
  }
  const fields = credentialFields(kind);
  const other = [...kept.keys()].find((field) => !fields.includes(field as CredentialField));
  if (other) throw new CliRefusal(`${channelFacts[kind].name} takes no ${other}: leave it out.`, exitCodes.usage);
  const missing = fields.filter((field) => !kept.has(field));
  const lines = tokenStdin ? await readSecretsFromStdin(world, missing.length) : [];
  const credentials: ChannelCredentials = {};
  for (const [field, secretId] of kept) credentials[field as CredentialField] = { secretId };
  for (const [index, field] of missing.entries()) {
    const { label, hint } = channelFacts[kind].credentials[field] ?? { label: field, hint: '' };
    credentials[field] = {
      value: lines[index] ?? (await askHidden(world, `${label}. ${hint}`, '--token-stdin or --secret')),
    };
  }
  return credentials;
}
