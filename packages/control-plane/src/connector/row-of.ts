import type { OpenAiApi } from '@clawster/contract/connector';
import type { ConnectorModel, ModelRules } from '@clawster/contract/model';
import type { Json } from '@clawster/database/schema';
import { sql } from 'kysely';

type Planned = ModelRules & {
  model: string;
  api?: OpenAiApi | undefined;
  models?: readonly ConnectorModel[] | undefined;
};

/** What bots may ask and by which rules, as a connector's row keeps it. */
export function rowOf({ model, api, models = [], ...rest }: Planned) {
  const { retries, fallbacks, requestsPerMinute, tokensPerMinute, budget } = rest;
  const rules = { retries, fallbacks, requestsPerMinute, tokensPerMinute, budget };
  const json = (value: unknown) => sql<Json>`${JSON.stringify(value)}::jsonb`;
  return { model, api: api ?? null, models: json(models), rules: json(rules) };
}
