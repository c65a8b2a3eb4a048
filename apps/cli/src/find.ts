import type { Client } from '@clawster/client/client';
import type { ListedBot } from '@clawster/contract/bot';
import type { Connector } from '@clawster/contract/connector';
import type { Target } from '@clawster/contract/target';
import { CliRefusal } from './failure.ts';

const idPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

type Named = { id: string; name: string };
type Page<Item> = { items: Item[]; nextCursor?: string | undefined };

/** The bot a person means by a name or an id. */
export async function findBot(client: Client, nameOrId: string): Promise<ListedBot> {
  if (idPattern.test(nameOrId)) return client.bots.get({ botId: nameOrId });
  const bots = await allPages((cursor) => client.bots.list({ search: nameOrId, limit: 200, cursor }));
  return named(bots, nameOrId, { what: 'bot', list: 'clawster bot list' });
}

/** The destroyed bot a person means; of several that had the name, the one destroyed last. */
export async function findDestroyedBot(client: Client, nameOrId: string): Promise<ListedBot> {
  if (idPattern.test(nameOrId)) return client.bots.get({ botId: nameOrId });
  const ask = { search: nameOrId, phase: 'destroyed', order: 'since', descending: true, limit: 200 } as const;
  const bots = await allPages((cursor) => client.bots.list({ ...ask, cursor }));
  const found = bots.find(({ name }) => name.toLowerCase() === nameOrId.toLowerCase());
  if (!found)
    throw new CliRefusal(
      `No destroyed bot named ${nameOrId} is kept. See them with: clawster bot list --phase destroyed`,
    );
  return found;
}

/** The connector a person means by a name or an id. */
export async function findConnector(client: Client, nameOrId: string): Promise<Connector> {
  if (idPattern.test(nameOrId)) return client.connectors.get({ connectorId: nameOrId });
  const connectors = await allPages((cursor) => client.connectors.list({ limit: 200, cursor }));
  return named(connectors, nameOrId, { what: 'connector', list: 'clawster connector list' });
}

/** The target a person means by a name or an id. */
export async function findTarget(client: Client, nameOrId: string): Promise<Target> {
  const targets = await allPages((cursor) => client.targets.list({ limit: 200, cursor }));
  return (
    targets.find(({ id }) => id === nameOrId) ??
    named(targets, nameOrId, { what: 'target', list: 'clawster target list' })
  );
}

/** The one of that name: spelled exactly, or else in any case when only one fits. */
export function named<Item extends Named>(
  items: Item[],
  name: string,
  { what, list }: { what: string; list: string },
): Item {
  const exact = items.filter((item) => item.name === name);
  const found = exact.length > 0 ? exact : items.filter((item) => item.name.toLowerCase() === name.toLowerCase());
  if (found.length === 1) return found[0] as Item;
  if (found.length === 0) throw new CliRefusal(`There is no ${what} named ${name}. See them with: ${list}`);
  throw new CliRefusal(
    `${found.length} ${what}s are named ${name}. Use the id of one: ${found.map(({ id }) => id).join(', ')}`,
  );
}

/** All items of a paged list. */
export async function allPages<Item>(read: (cursor: string | undefined) => Promise<Page<Item>>): Promise<Item[]> {
  const all: Item[] = [];
  let cursor: string | undefined;
  do {
    const page = await read(cursor);
    all.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor);
  return all;
}
