import { type Configure, secretIds } from '@clawster/link/supervisor-methods';
import type { Host } from './host.ts';

/** All that OpenClaw may ask this supervisor for: what the control plane gave, and what is of this host alone. */
export function secretsFor(
  { ownSecrets, telegramRelay }: Pick<Host, 'ownSecrets' | 'telegramRelay'>,
  { secrets, telegram }: Pick<Configure, 'secrets' | 'telegram'>,
): Record<string, string> {
  const ofTelegram: Record<string, string> = telegram
    ? { [secretIds.telegramToken]: telegramRelay.tokenFor(telegram) }
    : {};
  return { ...secrets, ...ownSecrets, ...ofTelegram };
}

/** Holds what this configuration brings from now on: for OpenClaw to ask for, and for the relay to put in. */
export function giveSecrets(host: Pick<Host, 'secrets' | 'ownSecrets' | 'telegramRelay'>, wanted: Configure): void {
  host.secrets.replace(secretsFor(host, wanted));
  host.telegramRelay.setUpstream(wanted.telegram);
}
