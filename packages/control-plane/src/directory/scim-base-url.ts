import { scimPrefix } from '@clawster/contract/directory';
import type { ControlPlane } from '../plane.ts';

/** What a directory is given as the address of its requests. */
export function scimBaseUrl({ settings }: Pick<ControlPlane, 'settings'>): string {
  return settings.controlPlaneUrl + scimPrefix;
}
