import type { ChangeContext } from '../change.ts';
import { lockDirectory } from './directory.queries.ts';
import { mappingOf } from './mapping.ts';
import { settle } from './settle.ts';

/** Gives everyone of the workspace's directory the role that its groups have now; nothing where there is none. */
export async function followMapping(context: ChangeContext, workspaceId: string): Promise<void> {
  const directory = await lockDirectory(context.tx, workspaceId);
  if (!directory) return;
  await settle({ ...context, directory, mapping: await mappingOf(context.tx, directory) }, 'all');
}
