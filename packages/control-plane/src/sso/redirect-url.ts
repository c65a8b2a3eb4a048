import { ssoReturnPath } from '@clawster/contract/sso';
import type { ControlPlane } from '../plane.ts';

/** Where a provider sends browsers back to; it must be registered there exactly so. */
export function redirectUrl({ settings }: Pick<ControlPlane, 'settings'>): string {
  return settings.controlPlaneUrl + ssoReturnPath;
}
