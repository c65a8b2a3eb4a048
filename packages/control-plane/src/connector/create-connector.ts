import { api } from '@clawster/contract/api';
import type { Connector, ConnectorCheck } from '@clawster/contract/connector';
import type { ParsedInputOf } from '@clawster/contract/route';
import { suggestedModel } from '@clawster/domain/model/prices';
import type { Caller } from '../caller.ts';
import { command } from '../command.ts';
import { admit, parseInput } from '../enter.ts';
import type { ControlPlane } from '../plane.ts';
import type { Tx } from '../transaction.ts';
import { unlessNameTaken } from '../unless-name-taken.ts';
import { getConnector } from './connector.queries.ts';
import { setKey } from './set-key.ts';
import { refuseRules } from './refuse-rules.ts';
import { rowOf } from './row-of.ts';
import { checkOrRefuse } from './test-connector.ts';

/** Attaches a provider that has just answered; its key is stored encrypted and not to be read again. */
export async function createConnector(plane: ControlPlane, caller: Caller, raw: unknown): Promise<Connector> {
  admit(api.connectors.create, caller);
  const check = await checkOrRefuse(plane, parseInput(api.connectors.create, raw));
  return save(check)(plane, caller, raw);
}

const save = (check: ConnectorCheck) =>
  command(api.connectors.create, async (context, input) => {
    const { tx, record } = context;
    const { workspaceId } = context.caller;
    const models = input.models ?? [suggestedModel(input.provider, input.model)];
    await refuseRules(tx, { ...input, models });
    const id = await insertConnector(tx, { ...input, models }, { workspaceId, checkResult: check });
    if (input.apiKey) await setKey(context, { id, name: input.name, apiKey: input.apiKey });
    await record({
      type: 'connector-created',
      subjectId: id,
      subjectName: input.name,
      detail: { provider: input.provider, model: input.model },
    });
    return getConnector(tx, id);
  });

async function insertConnector(
  tx: Tx,
  input: ParsedInputOf<typeof api.connectors.create>,
  { workspaceId, checkResult }: { workspaceId: string; checkResult: ConnectorCheck },
): Promise<string> {
  const { name, provider, baseUrl } = input;
  const { id } = await unlessNameTaken('connector', name, () =>
    tx
      .insertInto('connector')
      .values({
        workspaceId,
        kind: 'model-provider',
        name,
        provider,
        baseUrl: baseUrl ?? null,
        checkResult,
        ...rowOf(input),
      })
      .returning('id')
      .executeTakeFirstOrThrow(),
  );
  return id;
}
