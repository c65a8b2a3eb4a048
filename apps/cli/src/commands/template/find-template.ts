import type { Client } from '@clawster/client/client';
import type { Template } from '@clawster/contract/template';
import { named } from '../../find.ts';

/** The template meant by a name or an id. */
export async function findTemplate(client: Client, wanted: string): Promise<Template> {
  const { items } = await client.templates.list();
  return (
    items.find(({ id }) => id === wanted) ?? named(items, wanted, { what: 'template', list: 'clawster template list' })
  );
}

/** `support` or `support@2`: which template, and which version when not the newest. */
export async function templateUseOf(
  client: Client,
  text: string,
): Promise<{ id: string; version?: number | undefined }> {
  const [, name = text, version] = /^(.*?)(?:@(\d+))?$/.exec(text) ?? [];
  const { id } = await findTemplate(client, name);
  return { id, ...(version === undefined ? {} : { version: Number(version) }) };
}
