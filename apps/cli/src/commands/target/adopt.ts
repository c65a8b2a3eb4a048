import { AdoptOrphan } from '@clawster/contract/orphan';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { findConnector } from '../../find.ts';
import { findOrphan } from './find-orphan.ts';

export const adopt = cliCommand({
  usage: 'target adopt <target> <bot>',
  summary:
    'Make a bot of one that lies on a target and that nobody knows; it keeps its conversations, and stays stopped',
  options: [
    ['--name <name>', 'another name than it had'],
    ['--connector <connector>', 'which model answers (the demo model)'],
    ['--start', 'start it at once'],
    ['--installation <id>', 'of another Clawster, which is gone for good: its state is copied'],
  ],
  input: AdoptOrphan.pick({ name: true, start: true, installation: true }).extend({
    target: z.string(),
    bot: z.string(),
    connector: z.string().optional(),
  }),
  async run({ client }, { target, bot, connector, ...asked }) {
    const { id: orphanId } = await findOrphan(client, target, bot);
    const connectorId = connector === undefined ? undefined : (await findConnector(client, connector)).id;
    return client.orphans.adopt({ ...asked, orphanId, connectorId });
  },
  show: ({ name, operation, spec }) => {
    if (operation) return `The state of ${name} is on its way. Follow it: clawster bot show ${name}`;
    if (spec.desired === 'running') return `${name} is yours and starts. Follow it: clawster bot show ${name}`;
    return `${name} is yours, and stopped. Look at its model, channels and rules, then: clawster bot start ${name}`;
  },
});
