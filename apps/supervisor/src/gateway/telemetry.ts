import { SessionMessage } from '@clawster/gateway/protocol';
import type { Host } from '../host.ts';
import type { GatewayLink } from './gateway-link.ts';
import { warmUpSessionKey } from './readiness.ts';

/** As this provider OpenClaw itself writes what it was told to break off: no model was called for it. */
const openclawItself = 'openclaw';

/** Keeps the count of each model call of every conversation, whoever began it; never what was said. Returns how to stop. */
export function forwardUsage(host: Host, link: GatewayLink): () => void {
  return link.onEvent(({ event, payload }) => {
    if (event !== 'session.message') return;
    const seen = SessionMessage.safeParse(payload);
    if (!seen.success || seen.data.sessionKey === warmUpSessionKey) return;
    const { sessionKey, message } = seen.data;
    if (message.role !== 'assistant' || message.provider === openclawItself) return;
    host.spool.add('model-message', {
      sessionKey,
      messageId: message.__openclaw?.id,
      runId: message.__openclaw?.runId,
      // By it the model gateway's record of the same call is found.
      responseId: message.responseId,
      channel: channelOf(sessionKey),
      model: message.model,
      usage: message.usage,
    });
  });
}

/** Where the conversation is held: a channel's name, or `clawster` for those of people and programs. */
function channelOf(sessionKey: string): string {
  return sessionKey.split(':')[2] ?? 'main';
}
