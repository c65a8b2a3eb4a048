import { homedir } from 'node:os';
import { join } from 'node:path';

/** Everything of the outside a command touches, handed in, so that tests hand in their own. */
export type World = {
  env: Record<string, string | undefined>;
  stdin: NodeJS.ReadStream;
  stdout: { write(text: string): unknown; isTTY?: boolean; columns?: number };
  stderr: { write(text: string): unknown; isTTY?: boolean };
  /** May questions be asked? */
  interactive: boolean;
};

export function realWorld(): World {
  const { env, stdin, stdout, stderr } = process;
  return { env, stdin, stdout, stderr, interactive: stdin.isTTY && stdout.isTTY };
}

/** Where Clawster keeps everything of one installation. */
export function dataFolderOf(world: World): string {
  return world.env['CLAWSTER_DATA_DIR'] ?? join(world.env['HOME'] ?? homedir(), '.clawster');
}
