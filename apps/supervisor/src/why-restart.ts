import { addPlugins } from './channels/add-plugins.ts';
import type { DriftWatch } from './drift/drift-watch.ts';
import type { Running } from './gateway/bring-up.ts';
import type { Host } from './host.ts';

/**
 * Puts back what somebody changed, and adds a plugin that was prepared since the gateway's start. Returns why only a
 * restart brings that about, if it does.
 */
export async function whyRestart(
  host: Host,
  drift: DriftWatch,
  { running, signal }: { running: Running; signal: AbortSignal },
): Promise<string | undefined> {
  if (await addPlugins(host, running.applied.channels)) return 'Restarted with a plugin that was added';
  return (await drift.look(running, signal)) === 'well' ? undefined : 'Its document was put back';
}
