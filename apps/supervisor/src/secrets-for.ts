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
