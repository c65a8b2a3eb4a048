import type { CliCommand } from './command.ts';
import { dismiss } from './commands/finding/dismiss.ts';
import { list } from './commands/finding/list.ts';
import { scanSchedule } from './commands/secret/scan-schedule.ts';
import { scan } from './commands/secret/scan.ts';

/** Commands that look for secrets in plain sight, and say what to do about them. */
export const scanCommands: CliCommand[] = [scan, scanSchedule, list, dismiss];
