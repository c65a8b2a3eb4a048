import type { Connector, Provider } from '@clawster/contract/connector';
import { OpenAiApi } from '@clawster/contract/connector';
import { whyNotRules } from '@clawster/domain/model/rules';
import { Refusal } from '@clawster/domain/refusal';
import { isVisible } from '../is-visible.ts';
import type { Tx } from '../transaction.ts';

type Ruled = Pick<Connector, 'provider' | 'api' | 'model' | 'models' | 'fallbacks' | 'budget'> & { id?: string };

/** Refuses models, stand-ins and limits that could not hold, before they are stored. */
export async function refuseRules(tx: Tx, ruled: Ruled): Promise<void> {
  const rows = await tx
    .selectFrom('connector')
    .select(['id', 'name', 'provider', 'api'])
    .where('deletedAt', 'is', null)
    .where(isVisible('connector'))
    .execute();
  const others = rows.map((row) => ({
    ...row,
    provider: row.provider as Provider,
    api: OpenAiApi.safeParse(row.api).data,
  }));
  const why = whyNotRules(ruled, ruled, others);
  if (why) throw Refusal.at(why.field, 'refused', why.message);
}
