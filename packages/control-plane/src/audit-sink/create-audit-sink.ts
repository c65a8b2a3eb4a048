import { api } from '@clawster/contract/api';
import { Refusal } from '@clawster/domain/refusal';
import { command } from '../command.ts';
import { unlessNameTaken } from '../unless-name-taken.ts';
import { selectSinks, toSink } from './audit-sink.queries.ts';

const sinksMax = 20;

/** Has checkpoints sent somewhere from now on; the first within a minute. */
export const createAuditSink = command(
  api.auditSinks.create,
  async ({ tx, caller, record, plane }, { name, place }) => {
    const { workspaceId } = caller;
    const there = await selectSinks(tx, workspaceId).execute();
    if (there.length >= sinksMax) throw new Refusal('refused', `Checkpoints are sent to ${sinksMax} places at most`);
    const { kind, ...settings } = place;
    const row = await unlessNameTaken('auditSink', name, () =>
      tx.insertInto('auditSink').values({ workspaceId, name, kind, settings }).returningAll().executeTakeFirstOrThrow(),
    );
    await record({ type: 'audit-sink-created', subjectId: row.id, subjectName: name, detail: { place } });
    return toSink(plane, row);
  },
);
