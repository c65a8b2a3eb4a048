import { randomUUID } from 'node:crypto';
import { api } from '@clawster/contract/api';
import type { Caller } from '../caller.ts';
import { command } from '../command.ts';
import { admit, parseInput } from '../enter.ts';
import type { ControlPlane } from '../plane.ts';
import { readAs } from '../query.ts';
import { channelOf } from './channel-of.ts';
import { deliver } from './deliver.ts';
import { getNotifier } from './notifier.queries.ts';

type Outcome = { ok: boolean; message: string };

/** Sends one message there, outside of any transaction, and tells what became of it. Its link decides nothing. */
export async function testNotifier(plane: ControlPlane, caller: Caller, raw: unknown): Promise<Outcome> {
  const admitted = admit(api.notifiers.test, caller);
  const { workspaceId } = admitted;
  const { notifierId } = parseInput(api.notifiers.test, raw);
  const { row, channel } = await readAs(plane, admitted, async (tx) => {
    const notifier = await getNotifier(tx, notifierId);
    const way = { workspaceId, email: notifier.personEmail, notifier };
    return { row: notifier, channel: await channelOf(tx, plane, way) };
  });
  const notice = {
    title: 'This is a test: nothing waits',
    workspaceName: 'this workspace',
    personName: row.personName,
    parts: [],
    link: `${plane.settings.controlPlaneUrl}/inbox`,
    isDeciding: false,
    expiresAt: undefined,
  };
  const parcel = { id: randomUUID(), notice, about: { type: 'test' } };
  const failed = typeof channel === 'string' ? { trouble: channel } : await deliver(plane, channel, parcel);
  const outcome = failed
    ? { ok: false, message: failed.trouble }
    : { ok: true, message: 'It was taken: look whether it came' };
  return recordTested(outcome)(plane, caller, raw);
}

const recordTested = (outcome: Outcome) =>
  command(api.notifiers.test, async ({ tx, record }, { notifierId }) => {
    const { name } = await getNotifier(tx, notifierId);
    const seen = outcome.ok ? { trouble: null, sentAt: new Date() } : { trouble: outcome.message };
    await tx.updateTable('notifier').set(seen).where('id', '=', notifierId).execute();
    await record({ type: 'notifier-tested', subjectId: notifierId, subjectName: name, detail: outcome });
    return outcome;
  });
