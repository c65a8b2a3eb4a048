import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { admits, isNamed } from '@clawster/domain/egress/place';
import { isFrom, type ListedBot, type ListedBots, type Reason } from './lists.ts';

/** Who asks, as far as that is proven. */
export type Asker = { is: 'bot'; bot: ListedBot } | { is: 'refused'; bot?: ListedBot };
/** What becomes of a wish to connect. */
export type Admission = { is: 'admitted'; allowPrivate: boolean } | { is: 'refused'; reason: Reason };

/** The bot whose credential this is, from the network it is in. A right credential from elsewhere tells only whose it is. */
export function whoAsks(request: IncomingMessage, bots: ListedBots): Asker {
  const [id, secret] = credentialIn(request);
  const bot = bots.get(id);
  // Compared in any case, so that the time does not tell which bots there are.
  const isRight = isSame(hashOf(secret), bot?.credentialHash ?? hashOf(`not ${secret}`));
  if (!bot || !isRight) return { is: 'refused' };
  return isFrom(bot.networks, request.socket.remoteAddress ?? '') ? { is: 'bot', bot } : { is: 'refused', bot };
}

/** Whether the bot may reach this place, as it wrote it. */
export function admit(bot: ListedBot, place: string): Admission {
  const how = admits(bot, place);
  if (how) return { is: 'admitted', allowPrivate: how === 'any' };
  return { is: 'refused', reason: isNamed(place.toLowerCase()) ? 'not-allowed' : 'not-a-name' };
}

/** Why the request itself is not to be trusted, or undefined: two readings of it could differ. */
export function whyMalformed({ rawHeaders, headers }: IncomingMessage, place: string): string | undefined {
  const names = rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase());
  const times = (name: string) => names.filter((one) => one === name).length;
  if (times('host') > 1) return 'two Host headers';
  if (times('proxy-authorization') > 1) return 'two credentials';
  if (times('content-length') + times('transfer-encoding') > 1) return 'two lengths';
  const encoding = headers['transfer-encoding'];
  if (encoding !== undefined && encoding.toLowerCase() !== 'chunked') return 'an unknown transfer encoding';
  const host = headers.host?.toLowerCase();
  const asked = place.toLowerCase();
  return host === undefined || host === asked || host === asked.replace(/:\d+$/, '') ? undefined : 'another Host';
}

function credentialIn({ headers }: IncomingMessage): [string, string] {
  const encoded = /^basic ([\w+/-]+={0,2})$/i.exec(headers['proxy-authorization'] ?? '')?.[1] ?? '';
  const [id = '', ...secret] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  return [id, secret.join(':')];
}

const hashOf = (secret: string) => createHash('sha256').update(secret).digest('hex');
const isSame = (one: string, other: string) => timingSafeEqual(Buffer.from(one), Buffer.from(other));
