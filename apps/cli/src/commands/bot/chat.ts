import { createInterface } from 'node:readline/promises';
import type { Client } from '@clawster/client/client';
import { ConversationKey, type TurnEvent } from '@clawster/contract/turn';
import { z } from 'zod';
import { cliCommand, type Context } from '../../command.ts';
import { CliRefusal, exitCodes } from '../../failure.ts';
import { findBot } from '../../find.ts';

type Talk = { client: Client; botId: string; conversation: string };

export const chat = cliCommand({
  usage: 'bot chat <bot> [message...]',
  summary: 'Talk with a bot; Ctrl-C stops its answer',
  options: [['--conversation <key>', 'which conversation (main)']],
  input: z.object({ bot: z.string(), message: z.array(z.string()).default([]), conversation: ConversationKey }),
  async run(context, { bot: nameOrId, message, conversation }) {
    const { client, world, out } = context;
    const bot = await findBot(client, nameOrId);
    const talk = { client, botId: bot.id, conversation };
    if (message.length > 0) return say(talk, message.join(' '), context);
    if (!world.interactive)
      throw new CliRefusal(`Give the message: clawster bot chat ${bot.name} "hello"`, exitCodes.usage);
    out.note(out.colour('dim', `Talking with ${bot.name}. An empty line or Ctrl-D ends it; Ctrl-C stops an answer.`));
    await converse(talk, context);
  },
});

/** Asks line by line until an empty one. Ctrl-C during an answer stops that answer alone. */
async function converse(talk: Talk, context: Context): Promise<void> {
  // readline owns the terminal here, so Ctrl-C comes from it and not as a signal.
  const lines = createInterface({ input: context.world.stdin, output: process.stdout, prompt: '> ' });
  let answering: AbortController | undefined;
  lines.on('SIGINT', () => (answering ? answering.abort() : lines.close()));
  lines.prompt();
  for await (const line of lines) {
    if (line.trim() === '') break;
    answering = new AbortController();
    const signal = AbortSignal.any([context.signal, answering.signal]);
    await say(talk, line, { ...context, signal, out: context.out }).catch((error: unknown) => {
      if (!answering?.signal.aborted) throw error;
    });
    answering = undefined;
    lines.prompt();
  }
  lines.close();
}

/** One turn, printed as it streams. When the signal aborts, the bot is told to stop before this rejects. */
async function say(talk: Talk, message: string, { out, signal }: Pick<Context, 'out' | 'signal'>): Promise<void> {
  const { client, botId, conversation } = talk;
  let turnId: string | undefined;
  let printed = '';
  try {
    for await (const event of client.turns.start({ botId, conversation, message }, { signal })) {
      if (event.type === 'accepted') turnId = event.turnId;
      if (out.json) out.print(JSON.stringify(event));
      else printed = tell(event, printed, out);
      if (event.type === 'failed') throw new CliRefusal(event.message, exitCodes.trouble);
    }
  } catch (error) {
    if (signal.aborted && turnId) {
      await client.turns.abort({ botId, turnId, conversation });
      out.note('\nStopped.');
    }
    throw error;
  }
}

/** Prints what is new of an event, and answers with what stands there now. */
function tell(event: TurnEvent, printed: string, out: Context['out']): string {
  if (event.type === 'tool' && event.state !== 'done')
    out.note(out.colour('dim', `[${event.title ?? event.toolName}${event.state === 'failed' ? ' failed' : ''}]`));
  if (event.type !== 'text' && event.type !== 'done' && event.type !== 'aborted') return printed;
  // An answer that was rewritten, after a tool for example, begins on a new line.
  if (event.text.startsWith(printed)) out.write(event.text.slice(printed.length));
  else out.write(`\n${event.text}`);
  if (event.type !== 'text') out.write('\n');
  return event.text;
}
