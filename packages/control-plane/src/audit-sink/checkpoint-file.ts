import { join } from 'node:path';
import type { ControlPlane } from '../plane.ts';

/** The file a workspace's checkpoints are added to, a line each, on whichever replica sends them. */
export function checkpointFile({ settings }: Pick<ControlPlane, 'settings'>, workspaceId: string): string {
  return join(settings.checkpointsDirectory, `${workspaceId}.jsonl`);
}
