import { setTimeout as sleep } from 'node:timers/promises';
import { readModelScript } from '@clawster/gateway/model-script';
import type { ModelScript } from '@clawster/gateway/model-script';
import { demoAnswer, withoutOpenClawsAdditions } from './demo-answer.ts';
import { demoTeamReply } from './demo-team.ts';
import { textOf } from './message.ts';
import type { ChatRequest } from './message.ts';

/** The answer of the demo model, piece by piece, or why it fails. Speaks OpenAI chat completions. */
export type DemoReply =
  | { kind: 'failure'; status: number; message: string }
  | { kind: 'tool'; name: string; arguments: string }
  | { kind: 'text'; text: string; pieces: AsyncIterable<string> };

/** Answers without any provider: by the script in the message if there is one, else sensibly enough for a newcomer. */
export async function askDemoModel(request: ChatRequest): Promise<DemoReply> {
  const message = lastUserText(request);
  const script = readModelScript(message) ?? {};
  if (script.delayMs) await sleep(Math.min(script.delayMs, 120_000));
  if (script.failStatus) {
    return {
      kind: 'failure',
      status: script.failStatus,
      message: `The demo model was told to fail with ${script.failStatus}`,
    };
  }
  const toolAnswer = lastToolAnswer(request);
  if (script.tool && toolAnswer === undefined) return { kind: 'tool', ...script.tool };
  const reply = script.text ?? unscripted(request, message, toolAnswer);
  return typeof reply === 'string' ? { kind: 'text', text: reply, pieces: pieces(reply, script) } : reply;
}

function unscripted(request: ChatRequest, message: string, toolAnswer: string | undefined) {
  const system = systemText(request);
  const tools = (request.tools ?? []).flatMap((tool) => tool.function?.name ?? []);
  const inTeam = demoTeamReply({ message: withoutOpenClawsAdditions(message), system, tools, toolAnswer });
  if (inTeam) return inTeam.kind === 'tool' ? inTeam : inTeam.text;
  return toolAnswer === undefined ? demoAnswer(message, system) : `The tool answered: ${toolAnswer}`;
}

async function* pieces(text: string, script: ModelScript): AsyncIterable<string> {
  const words = text.split(/(?<=\s)/);
  const count = Math.min(script.slowChunks ?? Math.min(words.length, 12), 1_000);
  const size = Math.max(1, Math.ceil(words.length / count));
  for (let piece = 0; piece < Math.max(count, 1); piece += 1) {
    // More pieces than words: the rest are dots, so that a slow answer stays slow.
    yield words.slice(piece * size, (piece + 1) * size).join('') || '.';
    if (script.slowChunks) await sleep(250);
    else if ((piece + 1) * size >= words.length) return;
  }
}

function lastUserText(request: ChatRequest): string {
  return textOf(request.messages.findLast((message) => message.role === 'user')?.content);
}

function systemText(request: ChatRequest): string {
  return request.messages
    .filter((message) => message.role === 'system' || message.role === 'developer')
    .map((message) => textOf(message.content))
    .join('\n');
}

/** What the tool said, if the conversation's last word is a tool's: then the call was made already. */
function lastToolAnswer(request: ChatRequest): string | undefined {
  const last = request.messages.at(-1);
  return last?.role === 'tool' ? textOf(last.content).slice(0, 500) : undefined;
}
