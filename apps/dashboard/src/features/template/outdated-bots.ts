import type { ListedBot } from '@clawster/contract/bot';
import type { Template } from '@clawster/contract/template';
import { client } from '../../lib/client.ts';

/** The bots made from an older version of a template, all of them. */
export async function outdatedBots(
  { id, version }: Pick<Template, 'id' | 'version'>,
  signal: AbortSignal,
): Promise<ListedBot[]> {
  const found: ListedBot[] = [];
  let cursor: string | undefined;
  do {
    const page = await client.bots.list(
      { limit: 200, templateId: id, templateBefore: version, ...(cursor ? { cursor } : {}) },
      { signal },
    );
    found.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor);
  return found;
}
