import { createHash } from 'node:crypto';
import type { TurnEvent } from '@clawster/contract/turn';
import type { Report } from '@clawster/link/report';
import type { Configure } from '@clawster/link/supervisor-methods';
import { readyReport, usualReport } from './stand-in-report.ts';
import type { Behaviour } from './stand-in-supervisor.ts';

/** How a stand-in fares while it should run: most are well. */
export type Mood = 'ready' | 'degraded' | 'failed' | 'unknown';

/** The same for a name each time, so that a fleet looks the same after a restart. */
export function moodOf(botName: string): Mood {
  const among100 = numberOf(botName) % 100;
  if (among100 < 2) return 'unknown';
  if (among100 < 4) return 'failed';
  return among100 < 9 ? 'degraded' : 'ready';
}

/** What such a stand-in does when it is asked. */
export function behaviourOf(botName: string, mood: Mood): Behaviour {
  return {
    reportAfterConfigure: (configure) => reportOf(configure, botName, mood),
    'turn.start': async (_, part) => {
      const text = `I am ${botName}, a stand-in: I show what a fleet looks like, and no model is behind me.`;
      part({ type: 'text', text } satisfies TurnEvent);
      part({ type: 'done', text } satisfies TurnEvent);
      return { outcome: 'done' };
    },
    'turn.history': async () => ({ items: [] }),
    'logs.read': async (_, part) => {
      part({ source: 'supervisor', text: `${botName} is a stand-in: it runs nothing, so there is no log` });
      return {};
    },
    'doctor.run': nothingThere,
    'repair.run': nothingThere,
  };
}

async function nothingThere(): Promise<never> {
  throw Object.assign(new Error('A stand-in has no gateway that could be examined'), { code: 'refused' });
}

function reportOf(configure: Configure, botName: string, mood: Mood): Report {
  if (configure.desired !== 'running') return usualReport(configure);
  const number = numberOf(botName);
  const report: Report = {
    ...readyReport(configure.generation),
    restartCount: configure.restartCount,
    memoryBytes: 280_000_000 + (number % 400) * 1_000_000,
    diskBytes: 60_000_000 + (number % 900) * 1_000_000,
    gatewayVersion: configure.runtimeVersion,
  };
  return mood === 'degraded' || mood === 'failed' ? { ...report, ...unwell(mood, report) } : report;
}

function unwell(mood: 'degraded' | 'failed', { since: at }: Report): Partial<Report> {
  const reason =
    mood === 'degraded' ? 'The model answers slowly: the last turn took 41 s' : 'The model refused its key (401)';
  const ok = mood === 'degraded';
  return {
    state: mood,
    reason,
    steps: [
      { name: 'gateway', state: 'done' },
      { name: 'model', state: ok ? 'done' : 'failed', ...(ok ? {} : { detail: reason }) },
    ],
    evidence: [
      { source: 'gateway', ok: true, text: 'The gateway answered', at },
      { source: 'model', ok, text: reason, at },
    ],
  };
}

function numberOf(name: string): number {
  return createHash('sha256').update(name).digest().readUInt32BE();
}
