import type { Halted, HaltMode } from '@clawster/contract/fleet';
import { count } from '../../lib/time.ts';

/** For how long the server waits for the supervisors to say that nothing runs any more. */
const waitedSeconds = 5;

/** What an emergency stop did, and what is left to be done by itself. */
export function sayHalted(mode: HaltMode, { bots, confirmed: answers }: Omit<Halted, 'id'>): string {
  if (bots === 0)
    return mode === 'stop' ? 'Nothing had to be stopped: no bot ran.' : 'Nothing had to be paused: no bot took turns.';
  const confirmed = Math.min(answers, bots);
  const done = `${mode === 'stop' ? 'Stopped' : 'Paused'} ${count(bots, 'bot')}`;
  const open = bots - confirmed;
  if (open === 0) return `${done}; ${bots === 1 ? 'it' : 'all'} confirmed within ${waitedSeconds} s.`;
  return `${done}; ${confirmed === 0 ? 'none' : confirmed.toLocaleString('en')} confirmed within ${waitedSeconds} s, ${sayOpen(mode, open)}.`;
}

function sayOpen(mode: HaltMode, open: number): string {
  if (mode === 'stop')
    return open === 1
      ? '1 is being ended by its target'
      : `${open.toLocaleString('en')} are being ended by their targets`;
  return open === 1
    ? '1 is paused as soon as its supervisor answers'
    : `${open.toLocaleString('en')} are paused as soon as their supervisors answer`;
}
