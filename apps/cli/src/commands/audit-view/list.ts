import type { AuditViewFilter } from '@clawster/contract/audit-view';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { table } from '../../output.ts';

export const list = cliCommand({
  usage: 'audit-view list',
  summary: 'List the views of the audit trail: the workspace’s and your own',
  input: z.object({}),
  run: async ({ client }) => (await client.auditViews.list()).items,
  show: (views) =>
    table(
      ['name', 'of', 'shows', 'id'],
      views.map(({ id, name, shared, filter }) => [name, shared ? 'the workspace' : 'you', sayFilter(filter), id]),
      'There are no views. Keep one: clawster audit-view create <name> --noun session --outcome refused',
    ),
});

/** As the options that make it. */
function sayFilter({ noun, actorKind, outcome, range, search }: AuditViewFilter): string {
  const parts = Object.entries({ noun, by: actorKind, outcome, range, search });
  return (
    parts
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => `${name} ${value}`)
      .join(', ') || 'everything'
  );
}
