import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { findPerson } from '../person/find-person.ts';
import { sayItem } from './show.ts';

const item = z.uuid('Give the id of an item, as clawster inbox list shows it');

export const approve = cliCommand({
  usage: 'inbox approve <item>',
  summary: 'Approve what an item asks for, once',
  options: [
    ['--always', 'and let the like through from now on: the team gets a rule'],
    ['--reason <text>', 'why; it is kept in the audit trail'],
    ['--hash <sha256>', 'only if it is still this: contentHash of clawster inbox show --json'],
  ],
  input: z.object({
    item,
    always: z.boolean().default(false),
    reason: z.string().default(''),
    hash: z.string().optional(),
  }),
  async run({ client }, { item: itemId, always, reason, hash }) {
    const contentHash = hash ?? (await client.inbox.get({ itemId })).contentHash;
    return client.inbox.decide({ itemId, contentHash, reason, decision: always ? 'always' : 'approve' });
  },
  show: sayItem,
});

export const refuse = cliCommand({
  usage: 'inbox refuse <item>',
  summary: 'Refuse what an item asks for',
  options: [['--reason <text>', 'why; whoever asked is told']],
  input: z.object({ item, reason: z.string().default('') }),
  async run({ client }, { item: itemId, reason }) {
    const { contentHash } = await client.inbox.get({ itemId });
    return client.inbox.decide({ itemId, contentHash, reason, decision: 'refuse' });
  },
  show: sayItem,
});

export const answer = cliCommand({
  usage: 'inbox answer <item> <text>',
  summary: 'Answer a bot’s question',
  input: z.object({ item, text: z.string() }),
  async run({ client }, { item: itemId, text }) {
    const { contentHash } = await client.inbox.get({ itemId });
    return client.inbox.answer({ itemId, contentHash, answer: text });
  },
  show: sayItem,
});

export const assign = cliCommand({
  usage: 'inbox assign <item> [person]',
  summary: 'Give an item to a person, who is told; without one, to whoever may decide',
  input: z.object({ item, person: z.string().optional() }),
  async run({ client }, { item: itemId, person }) {
    const personId = person === undefined ? null : (await findPerson(client, person)).id;
    return client.inbox.assign({ itemId, personId });
  },
  show: ({ title, assignee }) => `${title}: it is for ${assignee?.name ?? 'whoever may decide'} now.`,
});
