import { resetPath } from '@clawster/contract/password-reset';

/** The link by which someone chooses a new passphrase. After the `#` nothing is sent to a server, so the token reaches no log on the way. */
export function resetLinkOf(controlPlaneUrl: string, token: string): string {
  return `${controlPlaneUrl}${resetPath}#token=${token}`;
}
