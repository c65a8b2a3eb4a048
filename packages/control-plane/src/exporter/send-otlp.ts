import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { request } from 'undici';
import { checkedAgent } from '@clawster/outward/checked-agent';
import { troubleSentence } from '@clawster/outward/trouble-sentence';
import { withoutHeaders } from './headers.ts';
import { decodeAnswer } from './otlp.ts';

const timeoutMs = 10_000;
const responseBytesMax = 64 * 1024;
const answerCharactersMax = 300;

export type Receiver = { endpoint: string; headers: Record<string, string>; allowPrivate: boolean };

/** What came of sending. `isRefused`: it answered, and does not take these headers. */
export type Sent = {
  status?: number;
  answer?: string;
  /** Why it was not taken; absent when it was. */
  trouble?: string;
  isRefused?: boolean;
  /** How long the other side asked us to wait. */
  retryAfterSeconds?: number;
  rejected: number;
};

/** Sends a request of OTLP over HTTP, once; never throws for what the other side does. */
export async function sendOtlp(receiver: Receiver, signal: 'traces' | 'metrics', body: Uint8Array): Promise<Sent> {
  const { endpoint, headers, allowPrivate } = receiver;
  const dispatcher = checkedAgent({ allowPrivate, responseBytesMax, timeoutMs });
  try {
    const response = await request(`${endpoint}/v1/${signal}`, {
      dispatcher,
      method: 'POST',
      signal: AbortSignal.timeout(timeoutMs),
      headers: {
        ...headers,
        'content-type': 'application/x-protobuf',
        'content-encoding': 'gzip',
        'user-agent': 'clawster',
      },
      body: await promisify(gzip)(body),
    });
    const bytes = Buffer.from(await response.body.arrayBuffer());
    return await judge(receiver, signal, { status: response.statusCode, headers: response.headers, bytes });
  } catch (error) {
    const asked = { host: new URL(endpoint).host, entered: 'address', timeoutSeconds: timeoutMs / 1_000, own: {} };
    return { rejected: 0, trouble: withoutHeaders(troubleSentence(error, asked), headers) };
  } finally {
    await dispatcher.destroy();
  }
}

type Response = { status: number; headers: Record<string, string | string[] | undefined>; bytes: Buffer };

async function judge(receiver: Receiver, signal: 'traces' | 'metrics', response: Response): Promise<Sent> {
  const { status, bytes } = response;
  const answer = readable(bytes, receiver.headers);
  const told = { status, ...(answer ? { answer } : {}) };
  if (status < 200 || status >= 300) return { ...told, rejected: 0, ...refusal(response, answer) };
  const type = String(response.headers['content-type'] ?? '');
  if (/json/.test(type) || bytes.length === 0) return { ...told, rejected: 0 };
  if (!/protobuf/.test(type)) {
    const trouble = `It answered ${status}, and not as a receiver of OpenTelemetry does: check the address`;
    return { ...told, rejected: 0, trouble };
  }
  const { rejected, message } = await decodeAnswer(signal, bytes);
  return { status, rejected, ...(message ? { answer: withoutHeaders(message, receiver.headers) } : {}) };
}

function refusal({ status, headers }: Response, answer: string): Omit<Sent, 'rejected'> {
  const said = answer ? `: ${answer}` : '';
  const wait = secondsIn(String(headers['retry-after'] ?? ''));
  if (status === 401 || status === 403)
    return { isRefused: true, trouble: `It refused the headers (HTTP ${status}): check what is in them${said}` };
  if (status === 404 || status === 405)
    return { trouble: `There is no receiver of OpenTelemetry at this address (HTTP ${status}): check it${said}` };
  return { trouble: `It answered ${status}${said}`, ...(wait === undefined ? {} : { retryAfterSeconds: wait }) };
}

/** Of `Retry-After`, which is seconds or a date. */
function secondsIn(header: string): number | undefined {
  if (/^\d{1,9}$/.test(header)) return Number(header);
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, Math.ceil((at - Date.now()) / 1_000));
}

/** What people can read of an answer, which may be protobuf around a sentence. */
function readable(bytes: Buffer, headers: Record<string, string>): string {
  const words = bytes
    .toString('utf8')
    .replaceAll(/[\p{C}\uFFFD]+/gu, ' ')
    .trim();
  return withoutHeaders(words, headers).slice(0, answerCharactersMax);
}
