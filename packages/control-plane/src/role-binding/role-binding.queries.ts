import type { RoleBinding } from '@clawster/contract/role';
import { scopeIn } from '../role/role.queries.ts';
import type { Tx } from '../transaction.ts';

export function selectBindings(tx: Tx, workspaceId: string) {
  return tx
    .selectFrom('roleBinding')
    .innerJoin('person', 'person.id', 'roleBinding.personId')
    .leftJoin('bot', 'bot.id', 'roleBinding.botId')
    .select(['roleBinding.id', 'roleBinding.personId', 'roleBinding.role', 'roleBinding.botId', 'roleBinding.labels'])
    .select(['roleBinding.createdAt', 'person.name as personName', 'bot.name as botName'])
    .where('roleBinding.workspaceId', '=', workspaceId);
}

type Row = Awaited<ReturnType<ReturnType<typeof selectBindings>['executeTakeFirstOrThrow']>>;

export function toBinding({ botId, labels, botName, createdAt, ...rest }: Row): RoleBinding {
  return {
    ...rest,
    bots: scopeIn({ botId, labels }),
    createdAt: createdAt.toISOString(),
    ...(botName === null ? {} : { botName }),
  };
}
