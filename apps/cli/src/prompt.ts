import { isCancel, password, text } from '@clack/prompts';
import { CliRefusal, exitCodes } from './failure.ts';
import type { World } from './world.ts';

/** Asks a person; refuses, naming the flag to use instead, where nobody can be asked. */
export async function ask(world: World, message: string, insteadUse: string): Promise<string> {
  return answered(world, insteadUse, () => text({ message }));
}

type Confirmation = {
  /** What has to be typed. */
  name: string;
  message: string;
  /** Said when something else was typed. */
  otherwise: string;
};

/** Asks a person to type a name before something is done that cannot be taken back; `--yes` says it beforehand. */
export async function confirmByName(
  world: World,
  { name, message, otherwise }: Confirmation,
  yes: boolean,
): Promise<void> {
  if (yes || (await ask(world, message, '--yes')) === name) return;
  throw new CliRefusal(otherwise, exitCodes.refused);
}

/** Asks for a secret, which is not shown. */
export async function askHidden(world: World, message: string, insteadUse: string): Promise<string> {
  return answered(world, insteadUse, () => password({ message }));
}

async function answered(
  world: World,
  insteadUse: string,
  prompt: () => Promise<string | symbol | undefined>,
): Promise<string> {
  if (!world.interactive) throw new CliRefusal(`There is no terminal to ask in. Use ${insteadUse}.`, exitCodes.usage);
  const answer = await prompt();
  if (isCancel(answer)) throw new CliRefusal('Cancelled.', exitCodes.interrupted);
  return String(answer ?? '');
}

/** A secret from standard input: all of it, without the line break a shell adds. */
export async function readSecretFromStdin(world: World): Promise<string> {
  let all = '';
  for await (const chunk of world.stdin) all += String(chunk);
  const secret = all.replace(/\r?\n$/, '');
  if (!secret) throw new CliRefusal('Nothing came on standard input where a secret was expected.', exitCodes.usage);
  return secret;
}

/** So many secrets from standard input, one a line. */
export async function readSecretsFromStdin(world: World, number: number): Promise<string[]> {
  const lines = (await readSecretFromStdin(world)).split(/\r?\n/);
  if (lines.length === number) return lines;
  throw new CliRefusal(
    `${number} line${number === 1 ? ' was' : 's were'} expected on standard input, and ${lines.length} came.`,
    exitCodes.usage,
  );
}
