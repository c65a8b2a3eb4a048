import type { ControlPlane } from '../plane.ts';
import { findMailAccess } from '../mail/mail-server.queries.ts';
import { readSecret } from '../secret/read-secret.ts';
import type { Tx } from '../transaction.ts';
import type { Channel } from './deliver.ts';
import { notifierPlace } from './notifier.queries.ts';

/** Whom it goes to, and by which notifier; without one by mail. */
export type Way = { workspaceId: string; email: string; notifier?: { id: string; kind: string } | undefined };

/** Where a notice goes, with its secrets in the clear, or in a sentence why it cannot: for sending alone. */
export async function channelOf(tx: Tx, { keys }: Pick<ControlPlane, 'keys'>, way: Way): Promise<Channel | string> {
  const { workspaceId, email, notifier } = way;
  if (!notifier || notifier.kind === 'mail') {
    const access = await findMailAccess(tx, keys, workspaceId);
    return access ? { kind: 'mail', to: email, access } : 'There is no mail server: set one up under Settings, Mail';
  }
  const read = (field: 'url' | 'signing') => readSecret(tx, keys, notifierPlace(workspaceId, notifier.id, field));
  const [url, signing] = [await read('url'), await read('signing')];
  if (!url) return 'Its address is gone: enter it again';
  if (notifier.kind === 'slack') return { kind: 'slack', url };
  return signing ? { kind: 'webhook', url, signing } : 'What signs it is gone: delete it, and make it anew';
}
