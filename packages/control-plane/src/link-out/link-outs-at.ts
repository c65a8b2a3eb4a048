import { api } from '@clawster/contract/api';
import { type Filling, fillLinkOut } from '@clawster/domain/link-out/fill';
import { otelTraceId } from '../exporter/otel-id.ts';
import { isVisible } from '../is-visible.ts';
import { query } from '../query.ts';
import { selectLinkOuts } from './link-out.queries.ts';

/** Where the links lead from what is looked at; those that name something it has not are left out. */
export const linkOutsAt = query(api.linkOuts.at, async ({ tx }, { traceId, botId, session, from, to }) => {
  const bot = botId
    ? await tx.selectFrom('bot').select('name').where('id', '=', botId).where(isVisible('bot')).executeTakeFirst()
    : undefined;
  const filling: Filling = {
    traceId,
    otelTraceId: traceId && otelTraceId(traceId),
    botId,
    botName: bot?.name,
    session,
    from,
    to,
  };
  const links = await selectLinkOuts(tx).execute();
  return {
    items: links.flatMap(({ name, url }) => {
      const filled = fillLinkOut(url, filling);
      return filled ? [{ name, url: filled }] : [];
    }),
  };
});
