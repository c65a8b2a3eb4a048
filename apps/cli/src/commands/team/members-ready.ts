import type { TeamDetail } from '@clawster/contract/team';
import type { Context } from '../../command.ts';
import { CliRefusal, exitCodes } from '../../failure.ts';
import type { Output } from '../../output.ts';
import type { Waiting } from '../../waiting.ts';
import { settled } from '../../watch-bot.ts';

type Place = TeamDetail['members'][number];

/** Waits for all bots of a team at once; refuses with each that is not ready, and why. */
export async function membersReady(context: Context, { members }: TeamDetail, waiting: Waiting): Promise<void> {
  const { client, signal } = context;
  const came = await Promise.allSettled(
    members.map(async (member) => {
      const bot = await client.bots.get({ botId: member.botId }, { signal });
      await settled({ client, signal, out: outFor(context.out, member) }, bot, waiting);
    }),
  );
  const failures = came.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
  if (failures.length === 0) return;
  const whyElse = failures.find((failure) => !(failure instanceof CliRefusal));
  if (whyElse) throw whyElse;
  const late = (failures as CliRefusal[]).find(({ exitCode }) => exitCode === exitCodes.trouble);
  throw new CliRefusal(await whyNotReady(context, members), late ? exitCodes.trouble : exitCodes.refused);
}

/** What is told of several at once says of whom it is. */
function outFor(out: Output, { botName }: Place): Output {
  return { ...out, note: (text) => out.note(text.startsWith(botName) ? text : `${botName}: ${text}`) };
}

async function whyNotReady({ client }: Context, members: readonly Place[]): Promise<string> {
  const bots = await Promise.all(members.map(({ botId }) => client.bots.get({ botId })));
  const waited = bots.filter(({ status }) => status.phase !== 'ready');
  const why = waited.map(({ name, status }) => `  ${name} is ${status.phase}: ${status.reason}`);
  const head = `The team is there, but ${waited.length} of its ${bots.length} bots are not ready. They go on trying:`;
  return [head, ...why, 'Follow one: clawster bot watch <bot>'].join('\n');
}
