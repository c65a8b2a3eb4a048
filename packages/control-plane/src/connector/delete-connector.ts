import { api } from '@clawster/contract/api';
import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import { isVisible } from '../is-visible.ts';
import { command } from '../command.ts';
import { releaseSecrets } from '../secret/secret-use.ts';
import { getConnector, selectNamers } from './connector.queries.ts';

/** Detaches a provider no bot uses: its key is deleted, its row stays for the bots that once used it. */
export const deleteConnector = command(api.connectors.delete, async (context, { connectorId }) => {
  const { tx, record } = context;
  // Locked, so that no bot is created on it meanwhile: creating one locks the connector's row by its foreign key.
  await tx
    .selectFrom('connector')
    .select('id')
    .where('id', '=', connectorId)
    .where(isVisible('connector'))
    .forUpdate()
    .execute();
  const connector = await getConnector(tx, connectorId);
  if (connector.provider === 'demo') throw new Refusal('refused', 'The demo model is built in and cannot be detached');
  if (connector.botCount > 0) {
    const bots = connector.botCount === 1 ? 'A bot uses' : `${connector.botCount} bots use`;
    throw new Refusal('conflict', `${bots} this connector: give them another one first`);
  }
  const [namer] = await selectNamers(tx, connectorId);
  if (namer)
    throw new Refusal('conflict', `${namer.name} names this connector to stand in for it: take it from there first`);
  await releaseSecrets(context, { ownerKind: 'connector', ownerId: connectorId });
  await tx
    .updateTable('connector')
    .set({ deletedAt: sql<Date>`now()` })
    .where('id', '=', connectorId)
    .execute();
  await record({ type: 'connector-deleted', subjectId: connectorId, subjectName: connector.name });
  return {};
});
