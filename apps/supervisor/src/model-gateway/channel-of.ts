import { ChannelKind } from '@clawster/link/channel';
import type { Asked } from './read-request.ts';

/** OpenClaw's own words before a person's message, in which it says where that came from; escaped once or twice. */
const context = 'BEGIN_OPENCLAW_INTERNAL_CONTEXT';
const chat = new RegExp(String.raw`chat_id[\\"]+:[\\"]+(${ChannelKind.options.join('|')}):`);

/**
 * The channel a call is made for. Under a channel's own name for a model it is that one, whatever was written; under the
 * model's own name it is the chat here, unless a person switched a conversation's model, which OpenClaw's context tells.
 */
export function channelOf(named: string, { raw }: Pick<Asked, 'raw'>): string {
  if (named !== 'clawster') return named;
  const at = raw.lastIndexOf(context);
  if (at < 0) return named;
  return chat.exec(raw.subarray(at, at + 4_096).toString('utf8'))?.[1] ?? named;
}
