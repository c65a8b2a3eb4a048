import type { CliCommand } from './command.ts';
import { adopt } from './commands/target/adopt.ts';
import { create } from './commands/target/create.ts';
import { destroyOrphan } from './commands/target/destroy-orphan.ts';
import { list } from './commands/target/list.ts';
import { orphans } from './commands/target/orphans.ts';

/** What can be done with places where bots run, in the order the help shows it. */
export const targetCommands: CliCommand[] = [create, list, orphans, adopt, destroyOrphan];
