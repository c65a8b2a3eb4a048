import { appendFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';

const aliveEveryMs = 100;

/** Has a gateway write down its life, whole lines at a time: its start, that it lives, its end. Other commands are none. */
export function keepJournal(file: string): void {
  if (process.argv.slice(2).join(' ') !== 'gateway run') return;
  const bot = basename(dirname(process.env['OPENCLAW_STATE_DIR'] ?? ''));
  const write = (what: string) =>
    appendFileSync(file, `${JSON.stringify({ bot, pid: process.pid, at: Date.now(), what })}\n`);
  write('start');
  setInterval(() => write('alive'), aliveEveryMs).unref();
  process.on('exit', () => write('end'));
}
