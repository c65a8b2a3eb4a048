import { AuditViewFilter } from '@clawster/contract/audit-view';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';

const { actorKind, ...filter } = AuditViewFilter.shape;

export const create = cliCommand({
  usage: 'audit-view create <name>',
  summary: 'Keep a filter of the audit trail under a name, for: clawster event list --view <name>',
  options: [
    ['--noun <noun>', 'only types that begin so, such as bot or session'],
    ['--by <kind>', 'only by a person, an api-key, a bot or the system'],
    ['--outcome <outcome>', 'only what was done, refused or failed'],
    ['--range <range>', 'only of the last hour, day, week or month, from when it is opened'],
    ['--search <text>', 'only with this in a name, an address, a type or the details'],
    ['--shared', 'for the whole workspace; needs the permission audit:manage'],
  ],
  input: z.object({ name: z.string(), by: actorKind, ...filter, shared: z.boolean().default(false) }),
  run: ({ client }, { name, shared, by, ...rest }) =>
    client.auditViews.create({ name, shared, filter: { ...rest, actorKind: by } }),
  show: ({ name, shared }) => `The view ${name} is kept for ${shared ? 'the workspace' : 'you'}.`,
});
