import type { IncomingMessage } from 'node:http';
import { type AskedPath, askedAt } from './dialect.ts';
import { ModelRefusal } from './model-refusal.ts';

const bodyBytesMax = 64 * 1024 * 1024;

/** A call as the bot made it. */
export type Asked = AskedPath & {
  model: string;
  body: Record<string, unknown>;
  /** The body as it came: it goes on unchanged where nothing has to be said otherwise. */
  raw: Buffer;
};

/** What the bot asks for; throws what is wrong with it. */
export async function readRequest(request: IncomingMessage): Promise<Asked> {
  const path = askedAt(request.url ?? '');
  if (!path || request.method !== 'POST')
    throw new ModelRefusal(
      404,
      'unknown-path',
      'This model gateway serves chat completions, responses, messages and generateContent alone',
    );
  const raw = await readBody(request);
  const body = parsed(raw);
  const model = path.model ?? body?.['model'];
  if (!body || typeof model !== 'string')
    throw new ModelRefusal(400, 'invalid', 'The request is not one for a chat model');
  return { ...path, streams: path.streams ?? body['stream'] === true, model, body, raw };
}

function parsed(raw: Buffer): Record<string, unknown> | undefined {
  try {
    const body: unknown = JSON.parse(raw.toString('utf8'));
    return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > bodyBytesMax) throw new ModelRefusal(413, 'too-large', 'The request to the model is larger than 64 MB');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Whether the bot itself asked to be told what a streamed chat completion took. */
export function wantsUsage({ body }: Asked): boolean {
  const options = body['stream_options'] as { include_usage?: unknown } | null | undefined;
  return options?.include_usage === true;
}

/** What goes to a provider that knows the model by this name: streamed chat completions always say what they took. */
export function bodyFor(asked: Asked, model: string): Buffer | string {
  const isGoogle = asked.dialect === 'google-generative-ai';
  const asksUsage = asked.dialect === 'openai-completions' && asked.streams === true && !wantsUsage(asked);
  if ((isGoogle || model === asked.model) && !asksUsage) return asked.raw;
  const options = asked.body['stream_options'] as object | null | undefined;
  return JSON.stringify({
    ...asked.body,
    ...(isGoogle ? {} : { model }),
    ...(asksUsage ? { stream_options: { ...options, include_usage: true } } : {}),
  });
}
