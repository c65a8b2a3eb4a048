import { randomBytes } from 'node:crypto';
import type Docker from 'dockerode';
import { nameOf } from './names.ts';
import { label, ours } from '../labels.ts';
import { unlessStatus } from '../missing.ts';

type Whose = { installation: string; botId: string };
type Listed = { ID: string; Spec: { Name: string } };

/** Keeps a text in the Swarm that one task of the bot’s can read: encrypted where managers store it, in memory on its node. */
export async function keepSecret(
  engine: Docker,
  { installation, botId }: Whose,
  text: string,
): Promise<{ id: string; name: string }> {
  const name = `${nameOf(botId)}-${randomBytes(5).toString('hex')}`;
  const made = await engine.createSecret({
    Name: name,
    Labels: { [label.installation]: installation, [label.role]: 'start', [label.bot]: botId },
    Data: Buffer.from(text).toString('base64'),
  });
  return { id: (made as { ID?: string; id: string }).ID ?? made.id, name };
}

/** Removes what the bot was told and nobody reads any more; what a task still reads is kept by the Swarm. */
export async function removeSecrets(engine: Docker, { installation, botId }: Whose): Promise<void> {
  const filters = ours(installation, { [label.role]: 'start', [label.bot]: botId });
  const found = (await engine.listSecrets({ filters })) as unknown as Listed[];
  // In use, or gone by now.
  for (const { ID } of found) await unlessStatus(engine.getSecret(ID).remove(), [400, 404, 409]);
}
