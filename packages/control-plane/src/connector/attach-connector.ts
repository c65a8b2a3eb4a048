import { api } from '@clawster/contract/api';
import type { Impact } from '@clawster/contract/configuration';
import type { ParsedInputOf } from '@clawster/contract/route';
import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import type { Caller } from '../caller.ts';
import { command } from '../command.ts';
import { tellImpact } from '../configuration/impact.ts';
import { lockLayers } from '../configuration/layer-store.ts';
import { byCaller, refuseUnfit, settleChange } from '../configuration/settle.ts';
import { admit, parseInput } from '../enter.ts';
import type { ControlPlane } from '../plane.ts';
import { readAs } from '../query.ts';
import type { Tx } from '../transaction.ts';
import { proposeAttachment } from './propose-attachment.ts';

/** Of more, only how many they are is told. */
const toldMax = 50;

/**
 * Has bots use a connector: each gets a revision and an event, in one transaction, and when one of them could not take it over
 * none does. Asked as a dry run it tells the same of what would change, with those that could not, and changes nothing.
 */
export async function attachConnector(plane: ControlPlane, caller: Caller, raw: unknown): Promise<Impact> {
  const admitted = admit(api.connectors.attach, caller);
  const input = parseInput(api.connectors.attach, raw);
  refuseUnlessWhom(input);
  if (!input.dryRun) return attach(plane, caller, raw);
  return readAs(plane, admitted, async (tx) => {
    const { changed } = await proposeAttachment(tx, admitted, input);
    return tellImpact(changed, toldMax);
  });
}

type Input = ParsedInputOf<typeof api.connectors.attach>;

function refuseUnlessWhom({ botIds, selector }: Input): void {
  if ((botIds === undefined) === (selector === undefined))
    throw new Refusal('invalid', 'Name the bots, or the labels they have: one of the two');
}

const attach = command(api.connectors.attach, async (context, input) => {
  const { tx, caller, record } = context;
  const { connectorId, selector } = input;
  await lockLayers(tx, caller.workspaceId, 'use');
  const { connector, changed } = await proposeAttachment(tx, caller, { ...input, lock: true });
  refuseUnfit(changed, 'bots');
  const touched = changed.filter(({ changes }) => changes.length > 0);
  await writeConnector(
    tx,
    touched.map(({ bot }) => bot.id),
    { connectorId, model: input.model ?? connector.model },
  );
  const cause = { kind: 'connector', id: connectorId, name: connector.name } as const;
  const bots = await settleChange(byCaller(context), touched, { cause, reason: '' });
  const names = touched.slice(0, toldMax).map(({ bot }) => bot.name);
  const whom = selector ? { labels: selector } : { names };
  const detail = { ...whom, ...(input.model ? { model: input.model } : {}), bots };
  await record({ type: 'connector-attached', subjectId: connectorId, subjectName: connector.name, detail });
  return tellImpact(changed, toldMax);
});

/** One statement for however many bots. */
async function writeConnector(
  tx: Tx,
  botIds: string[],
  { connectorId, model }: { connectorId: string; model: string },
): Promise<void> {
  await tx
    .updateTable('bot')
    .set({
      connectorId,
      spec: sql<Record<string, unknown>>`spec || ${JSON.stringify({ connectorId, model })}::jsonb`,
    })
    .where(sql<boolean>`id = any(${botIds}::uuid[])`)
    .execute();
}
