import { expect, test } from 'vitest';
import { channelOf } from './channel-of.ts';

const block = (chat: string) =>
  JSON.stringify(
    `<<<BEGIN_OPENCLAW_INTERNAL_CONTEXT>>>\n${JSON.stringify(`Conversation info\n${JSON.stringify({ chat_id: chat })}`)}`,
  );
const request = (...texts: string[]) => ({ raw: Buffer.from(`{"messages":[${texts.join(',')}]}`) });

test.each([
  ['its own name says the channel, whatever was written', 'telegram', request(block('slack:C1')), 'telegram'],
  ['the model’s own name is the chat here', 'clawster', request('"Hello"'), 'clawster'],
  [
    'a conversation whose model was switched is told by OpenClaw’s context',
    'clawster',
    request(block('telegram:42')),
    'telegram',
  ],
  ['of several contexts by the last', 'clawster', request(block('slack:C1'), block('telegram:42')), 'telegram'],
  ['a context without a chat is the chat here', 'clawster', request('"BEGIN_OPENCLAW_INTERNAL_CONTEXT"'), 'clawster'],
])('%s', (_, named, asked, channel) => expect(channelOf(named, asked)).toBe(channel));
