import type { ListedBot } from '@clawster/contract/bot';
import type { Template } from '@clawster/contract/template';
import { client } from '../../lib/client.ts';

/** The bots made from an older version of a template: the fleet is read page by page until all of them are found. */
export async function outdatedBots(
  { id, version, outdatedCount }: Pick<Template, 'id' | 'version' | 'outdatedCount'>,
  signal: AbortSignal,
): Promise<ListedBot[]> {
  const found: ListedBot[] = [];
  let cursor: string | undefined;
  do {
    const page = await client.bots.list({ limit: 200, ...(cursor ? { cursor } : {}) }, { signal });
    found.push(...page.items.filter(({ spec: { template } }) => template?.id === id && template.version !== version));
    cursor = page.nextCursor;
  } while (cursor && found.length < outdatedCount);
  return found;
}
