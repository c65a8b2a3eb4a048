import type { Host } from '../host.ts';
import type { GatewayLink } from './gateway-link.ts';
import { warmUpSessionKey } from './readiness.ts';
import { z } from 'zod';

const Cost = z.looseObject({ total: z.number().optional() });
const SessionMessage = z.object({
  sessionKey: z.string(),
  message: z.object({
    role: z.string(),
    model: z.string().optional(),
    provider: z.string().optional(),
    usage: z
      .looseObject({ input: z.number().optional(), output: z.number().optional(), cost: Cost.optional() })
      .optional(),
    __openclaw: z.looseObject({ id: z.string().optional(), runId: z.string().optional() }).optional(),
  }),
});

/** Keeps the count of each model call of every conversation, whoever began it; never what was said. Returns how to stop. */
export function forwardUsage(host: Host, link: GatewayLink): () => void {
  return link.onEvent(({ event, payload }) => {
    if (event !== 'session.message') return;
    const seen = SessionMessage.safeParse(payload);
    if (!seen.success || seen.data.message.role !== 'assistant' || seen.data.sessionKey === warmUpSessionKey) return;
    const { sessionKey, message } = seen.data;
    host.spool.add('model-message', {
      sessionKey,
      messageId: message.__openclaw?.id,
      runId: message.__openclaw?.runId,
      model: message.model,
      usage: message.usage,
    });
  });
}
