import type { ControlPlane } from '../plane.ts';
import { openInstallationKey } from '../secret/installation-key.ts';

/** The key by which the replicas of this installation know each other. */
export async function openForwardingKey(plane: Pick<ControlPlane, 'db' | 'keys'>): Promise<Buffer> {
  return (await openInstallationKey(plane, 'forwarding')).key;
}
