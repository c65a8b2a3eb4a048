import { api } from '@clawster/contract/api';
import type { CreateNotifier } from '@clawster/contract/notifier';
import { Refusal } from '@clawster/domain/refusal';
import { command } from '../command.ts';
import { isVisible } from '../is-visible.ts';
import { standing } from '../person/standing.ts';
import { storeSecret } from '../secret/store-secret.ts';
import { newToken } from '../session/token.ts';
import { isTeam } from '../team/team.queries.ts';
import type { Tx } from '../transaction.ts';
import { unlessNameTaken } from '../unless-name-taken.ts';
import { getNotifier, notifierPlace, toNotifier } from './notifier.queries.ts';
import { refuseForAnother } from './refuse-for-another.ts';

const notifiersMax = 50;

/** Tells a person from now on when something waits. What signs a webhook is in this answer and never again. */
export const createNotifier = command(api.notifiers.create, async ({ tx, caller, record, plane }, input) => {
  const { workspaceId } = caller;
  const { name, kind, inboxKinds, teamId = null } = input;
  const self = await standing(tx, caller);
  const personId = input.personId ?? self;
  if (!personId) throw Refusal.at('personId', 'invalid', 'Say who is told: this key belongs to nobody who is here');
  await refuseForAnother(tx, caller, { kind, personId, self });
  await refuseTooMany(tx);
  if (teamId && !(await isTeam(tx, teamId)))
    throw Refusal.at('teamId', 'not-found', 'There is no such team in this workspace');
  const url = addressOf(input);
  const host = url ? new URL(url).host : null;
  const values = { workspaceId, name, kind, personId, teamId, host, inboxKinds };
  const { id } = await unlessNameTaken('notifier', name, () =>
    tx.insertInto('notifier').values(values).returning('id').executeTakeFirstOrThrow(),
  );
  if (url) await storeSecret(tx, plane.keys, { ...notifierPlace(workspaceId, id, 'url'), value: url });
  const signing = kind === 'webhook' ? newToken() : undefined;
  if (signing) await storeSecret(tx, plane.keys, { ...notifierPlace(workspaceId, id, 'signing'), value: signing });
  await record({
    type: 'notifier-created',
    subjectId: id,
    subjectName: name,
    detail: { kind, host, inboxKinds, personId },
  });
  return { ...toNotifier(await getNotifier(tx, id)), ...(signing ? { signingSecret: signing } : {}) };
});

function addressOf({ kind, url }: CreateNotifier): string | undefined {
  if (kind === 'mail') {
    if (url) throw Refusal.at('url', 'invalid', 'A mail goes to the address of the person: leave it out');
    return undefined;
  }
  if (!url) throw Refusal.at('url', 'invalid', 'Say where to: enter an address');
  return url;
}

async function refuseTooMany(tx: Tx): Promise<void> {
  const there = await tx.selectFrom('notifier').select('id').where(isVisible('notifier')).execute();
  if (there.length >= notifiersMax) throw new Refusal('refused', `A workspace has ${notifiersMax} notifiers at most`);
}
