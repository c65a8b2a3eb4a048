import { randomBytes } from 'node:crypto';
import type Docker from 'dockerode';
import { nameOf } from './names.ts';
import { label, ours } from '../labels.ts';
import { unlessStatus } from '../missing.ts';

type Whose = { installation: string; botId: string };
export type KeptText = { id: string; name: string };

/** Keeps a text in the Swarm that one task of the bot’s can read: encrypted where managers store it, in memory on its node. */
export const keepSecret = (engine: Docker, whose: Whose, text: string): Promise<KeptText> =>
  keep(secretsOf(engine), whose, text);

/** Removes what the bot was told and nobody reads any more; what a task still reads is kept by the Swarm. */
export const removeSecrets = (engine: Docker, whose: Whose): Promise<void> => removeUnused(secretsOf(engine), whose);

/** Keeps a list in the Swarm for the bot’s egress proxy; whoever may ask a manager may read it. */
export const keepList = (engine: Docker, whose: Whose, text: string): Promise<KeptText> =>
  keep(listsOf(engine), whose, text);

/** Removes the bot’s lists but for the one that its egress proxy goes by. */
export const removeLists = (engine: Docker, whose: Whose): Promise<void> => removeUnused(listsOf(engine), whose);

/** The Swarm’s secrets and its configs are spoken of alike. */
type Store = {
  role: 'start' | 'egress';
  create: (made: object) => Promise<{ ID?: string; id: string }>;
  list: (asked: object) => Promise<unknown>;
  remove: (id: string) => Promise<unknown>;
};

const secretsOf = (engine: Docker): Store => ({
  role: 'start',
  create: (made) => engine.createSecret(made),
  list: (asked) => engine.listSecrets(asked),
  remove: (id) => engine.getSecret(id).remove(),
});

const listsOf = (engine: Docker): Store => ({
  role: 'egress',
  create: (made) => engine.createConfig(made),
  list: (asked) => engine.listConfigs(asked),
  remove: (id) => engine.getConfig(id).remove(),
});

async function keep({ create, role }: Store, { installation, botId }: Whose, text: string): Promise<KeptText> {
  const name = `${nameOf(botId)}-${randomBytes(5).toString('hex')}`;
  const made = await create({
    Name: name,
    Labels: { [label.installation]: installation, [label.role]: role, [label.bot]: botId },
    Data: Buffer.from(text).toString('base64'),
  });
  return { id: made.ID ?? made.id, name };
}

async function removeUnused({ list, remove, role }: Store, { installation, botId }: Whose): Promise<void> {
  const filters = ours(installation, { [label.role]: role, [label.bot]: botId });
  // In use, or gone by now.
  for (const { ID } of (await list({ filters })) as { ID: string }[]) await unlessStatus(remove(ID), [400, 404, 409]);
}
