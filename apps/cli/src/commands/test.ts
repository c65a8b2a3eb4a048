import { z } from 'zod';
import { cliCommand } from '../command.ts';
import { CliRefusal } from '../failure.ts';
import { checkKinds, runChecks } from '../test/run-checks.ts';
import { buildWhatChanged } from '../up/build.ts';
import { cloneFolder, toolsFolder } from '../up/clone.ts';
import { createSteps } from '../up/steps.ts';

export const test = cliCommand({
  usage: 'test [kind]',
  summary: `Check this clone: everything but engines and swarm, or one of ${checkKinds.join(', ')}; the last line counts`,
  input: z.object({ kind: z.enum(checkKinds).optional() }),
  async run({ world, out, signal }, { kind }): Promise<undefined> {
    // Rules and unit tests run from their sources; all others are about what is built.
    if (kind !== 'rules' && kind !== 'unit')
      await buildWhatChanged({ clone: cloneFolder, tools: toolsFolder }, createSteps(world, out));
    const { passed, failed } = await runChecks({ world, out, signal, clone: cloneFolder, tools: toolsFolder }, kind);
    out.print(out.json ? JSON.stringify({ passed, failed }) : `${passed} passed, ${failed} failed`);
    if (failed > 0) throw new CliRefusal('');
  },
});
