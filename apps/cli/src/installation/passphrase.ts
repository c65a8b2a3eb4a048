import type { Context } from '../command.ts';
import { CliRefusal, exitCodes } from '../failure.ts';
import { askHidden, readSecretFromStdin } from '../prompt.ts';

const charactersMin = 12;
const insteadUse = '--passphrase-stdin';

/** The passphrase of a new backup: asked twice, since one that was mistyped opens nothing. */
export async function newPassphrase({ world }: Pick<Context, 'world'>, fromStdin: boolean): Promise<string> {
  const passphrase = await givenPassphrase({ world }, fromStdin);
  if (passphrase.length < charactersMin)
    throw new CliRefusal(
      `Give a passphrase of at least ${charactersMin} characters: whoever has it and the file has every secret.`,
      exitCodes.usage,
    );
  if (!fromStdin && (await askHidden(world, 'The same passphrase again', insteadUse)) !== passphrase)
    throw new CliRefusal('The two passphrases differ: nothing was written.', exitCodes.usage);
  return passphrase;
}

/** The passphrase of a backup there is. */
export function givenPassphrase({ world }: Pick<Context, 'world'>, fromStdin: boolean): Promise<string> {
  return fromStdin ? readSecretFromStdin(world) : askHidden(world, 'Passphrase of the backup', insteadUse);
}
