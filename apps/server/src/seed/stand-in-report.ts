import type { Report } from '@clawster/link/report';
import type { Configure } from '@clawster/link/supervisor-methods';

export function reportOf(some: Pick<Report, 'generation' | 'state' | 'reason'> & Partial<Report>): Report {
  return { since: new Date().toISOString(), steps: [], evidence: [], restartCount: 0, ...some };
}

/** What one that does as it is told reports. */
export function usualReport(configure: Configure): Report {
  const { generation, desired } = configure;
  if (desired === 'running') return { ...readyReport(generation), ...connected(configure) };
  return reportOf({ generation, state: desired, reason: desired === 'paused' ? 'Paused' : 'Stopped' });
}

/** Its channels are connected, and every service took what it was given. */
function connected({ channels, credentials }: Configure): Pick<Report, 'channels' | 'proofs'> {
  const at = new Date().toISOString();
  const seen = { account: 'default', connected: true, state: 'connected' as const, detail: 'Connected', checkedAt: at };
  return {
    ...(channels.length > 0 ? { channels: channels.map((channel) => ({ channel, ...seen })) } : {}),
    ...(credentials.length > 0
      ? {
          proofs: credentials.map(({ secretId, version }) => ({
            secretId,
            version,
            ok: true,
            text: 'It was taken',
            at,
          })),
        }
      : {}),
  };
}

export function readyReport(generation: number): Report {
  const at = new Date().toISOString();
  return reportOf({
    generation,
    state: 'ready',
    reason: 'Ready',
    steps: [
      { name: 'gateway', state: 'done' },
      { name: 'model', state: 'done' },
    ],
    evidence: [
      { source: 'gateway', ok: true, text: 'The gateway answered', at },
      { source: 'model', ok: true, text: 'A model turn came back', at },
    ],
  });
}
