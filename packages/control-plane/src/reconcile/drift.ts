import type { BotDrift } from '@clawster/contract/drift';
import { showKeyPath } from '@clawster/contract/key-path';
import type { Report } from '@clawster/link/report';
import type { NewEvent } from '../event/recorder.ts';
import type { DueBot } from './lease-bots.ts';
import type { Observed } from './observe.ts';

type Drift = NonNullable<Report['drift']>;

const changedMax = 50;

/** What somebody else changed on the host, when it was not told yet. */
export function newDrift({ status }: Pick<DueBot, 'status'>, report: Report | undefined): Drift | undefined {
  return report?.drift && report.drift.at !== status.driftToldAt ? report.drift : undefined;
}

/** What was changed and where, without the values: an event is kept for long. */
export function driftEvent({ id, name }: Pick<DueBot, 'id' | 'name'>, { files, reverted, times }: Drift): NewEvent {
  const changed = files.flatMap(({ file, changes }) =>
    changes.map(({ path }) => (path.length > 0 ? `${file}: ${showKeyPath(path)}` : file)),
  );
  const detail = { changed: changed.slice(0, changedMax), reverted, ...(times ? { times } : {}) };
  return { type: 'bot-drifted', subjectId: id, subjectName: name, detail };
}

/** What lies there and waits for a decision; of a bot that does not run nothing does, since its next start writes all anew. */
export function driftLeft({ report, facts }: Pick<Observed, 'report' | 'facts'>): BotDrift | undefined {
  const isOver = facts.seen.state === 'absent' || facts.seen.state === 'exited';
  if (!report?.drift || report.drift.reverted || isOver) return undefined;
  const { at, files } = report.drift;
  return { at, files: files.map(shown) };
}

function shown({ file, changes, more }: Drift['files'][number]): BotDrift['files'][number] {
  const told = changes.map(({ path, ...values }) => ({
    ...(path.length > 0 ? { path: showKeyPath(path) } : {}),
    ...values,
  })) as BotDrift['files'][number]['changes'];
  return { file, changes: told, ...(more ? { more } : {}) };
}
