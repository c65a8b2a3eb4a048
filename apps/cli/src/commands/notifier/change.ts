import { InboxKind } from '@clawster/contract/inbox';
import { NotifierKind } from '@clawster/contract/notifier';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { CliRefusal } from '../../failure.ts';
import { Names } from '../../names.ts';
import { readValue } from '../../secret-value.ts';
import { findPerson } from '../person/find-person.ts';
import { findTeam } from '../team/find-team.ts';
import { findNotifier } from './find-notifier.ts';

const Kinds = Names.pipe(z.array(InboxKind));
const tells: [string, string] = [
  '--tells <kinds>',
  'delegation, plan, question, stall, tool, budget, with commas (all)',
];
const urlFromStdin: [string, string] = ['--url-stdin', 'read the address from standard input instead of asking for it'];

export const create = cliCommand({
  usage: 'notifier create <name>',
  summary: 'Tell a person by Slack, mail or a webhook when something waits, with a link that decides it once',
  options: [
    ['--kind <kind>', 'slack, mail or webhook'],
    urlFromStdin,
    ['--person <person>', 'somebody else, by mail (you)'],
    ['--team <team>', 'only of one team'],
    tells,
  ],
  input: z.object({
    name: z.string(),
    kind: NotifierKind,
    urlStdin: z.boolean().default(false),
    person: z.string().optional(),
    team: z.string().optional(),
    tells: Kinds.optional(),
  }),
  async run({ client, world }, { name, kind, urlStdin, person, team, tells: inboxKinds }) {
    return client.notifiers.create({
      name,
      kind,
      // Whoever has the address of a webhook writes there: it is a secret.
      ...(kind === 'mail' ? {} : { url: await readValue(world, urlStdin) }),
      ...(person ? { personId: (await findPerson(client, person)).id } : {}),
      ...(team ? { teamId: (await findTeam(client, team)).id } : {}),
      ...(inboxKinds ? { inboxKinds } : {}),
    });
  },
  show: ({ name, signingSecret }) =>
    [
      `${name} tells from now on. Try it: clawster notifier test ${JSON.stringify(name)}`,
      ...(signingSecret ? [`It signs with this, which is shown once: ${signingSecret}`] : []),
    ].join('\n'),
});

export const update = cliCommand({
  usage: 'notifier update <name>',
  summary: 'Change what is told, or stop and go on telling',
  options: [
    ['--rename <name>', 'call it otherwise'],
    ['--new-url', 'another address; links that were sent are void'],
    urlFromStdin,
    tells,
    ['--stop', 'tell nothing until it goes on'],
    ['--resume', 'go on telling'],
  ],
  input: z.object({
    name: z.string(),
    rename: z.string().optional(),
    newUrl: z.boolean().default(false),
    urlStdin: z.boolean().default(false),
    tells: Kinds.optional(),
    stop: z.boolean().default(false),
    resume: z.boolean().default(false),
  }),
  async run({ client, world }, { name, rename, newUrl, urlStdin, tells: inboxKinds, stop, resume }) {
    const { id: notifierId } = await findNotifier(client, name);
    return client.notifiers.update({
      notifierId,
      ...(rename ? { name: rename } : {}),
      ...(newUrl || urlStdin ? { url: await readValue(world, urlStdin) } : {}),
      ...(inboxKinds ? { inboxKinds } : {}),
      ...(stop || resume ? { enabled: resume } : {}),
    });
  },
  show: ({ name, enabled }) => `${name} is changed, and ${enabled ? 'tells' : 'stopped'}.`,
});

export const testNotifier = cliCommand({
  usage: 'notifier test <name>',
  summary: 'Send one message now; exit code 1 when it was not taken',
  input: z.object({ name: z.string() }),
  async run({ client }, { name: wanted }) {
    const { id: notifierId, name } = await findNotifier(client, wanted);
    const { ok, message } = await client.notifiers.test({ notifierId });
    if (!ok) throw new CliRefusal(`${name} could not tell: ${message}`);
    return { name, message };
  },
  show: ({ name, message }) => `${name}: ${message}.`,
});

export const deleteNotifier = cliCommand({
  usage: 'notifier delete <name>',
  summary: 'Tell nothing there any more; links that were sent are void',
  input: z.object({ name: z.string() }),
  async run({ client }, { name: wanted }) {
    const { id: notifierId, name } = await findNotifier(client, wanted);
    await client.notifiers.delete({ notifierId });
    return { name };
  },
  show: ({ name }) => `${name} tells nothing any more.`,
});
