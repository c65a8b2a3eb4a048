import type { Report } from '@clawster/link/report';
import type { Configure } from '@clawster/link/supervisor-methods';

export function reportOf(some: Pick<Report, 'generation' | 'state' | 'reason'> & Partial<Report>): Report {
  return { since: new Date().toISOString(), steps: [], evidence: [], restartCount: 0, ...some };
}

/** What one that does as it is told reports. */
export function usualReport({ generation, desired }: Configure): Report {
  if (desired === 'running') return readyReport(generation);
  return reportOf({ generation, state: desired, reason: desired === 'paused' ? 'Paused' : 'Stopped' });
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
