import { createHmac } from 'node:crypto';
import { ChannelKind } from '@clawster/link/channel';
import type { Capture, SpanPerson } from '@clawster/link/span';
import { maskPrivate } from './mask-private.ts';

/** What a conversation becomes before it leaves the host. */
export type Capturing = {
  /** What was said as far as it may travel; undefined when nothing of it may. */
  text(said: string): string | undefined;
  /** Why something failed; `plainly` where the words may be somebody's. */
  failure(said: string, plainly: string): string;
  /** What OpenClaw itself says that went wrong: its own words, in which a provider's may be. */
  trouble(said: string, plainly: string): string;
  session(key: string): string | undefined;
  /** By which two texts are known to be the same, and neither what they say. */
  digest(said: string): string | undefined;
  person(who: { channel: string; id: string; name?: string | undefined }): SpanPerson | undefined;
};

const charactersMax = { redacted: 8_000, full: 32_000 } as const;
const failureMax = 300;

/** Lets through what the policy does; what it does not name stays here. */
export function capturing(capture: Capture): Capturing {
  const { mode } = capture;
  const text = (said: string) => {
    if (mode === 'off' || mode === 'metadata') return undefined;
    // Masked before it is cut: half a number is still a number of somebody's.
    return cut(mode === 'full' ? said : maskPrivate(said), charactersMax[mode]);
  };
  return {
    text,
    failure: (said, plainly) => cut(text(said) || plainly, failureMax),
    trouble: (said, plainly) => cut((mode === 'off' ? '' : maskPrivate(said)) || plainly, failureMax),
    session: (key) => (mode === 'off' ? undefined : withoutPeer(key, capture)),
    // Without a key anybody could find out by trying what it was.
    digest: (said) => (capture.pseudonymKey === '' ? undefined : pseudonym(capture.pseudonymKey, said)),
    person: (who) => (mode === 'off' ? undefined : personOf(who, capture)),
  };
}

function personOf(
  { channel, id, name }: { channel: string; id: string; name?: string | undefined },
  { people, pseudonymKey }: Capture,
): SpanPerson | undefined {
  if (people === 'names') return { id: cut(id, 200), ...(name ? { name: cut(name, 200) } : {}) };
  // Without a key anybody could find out by trying whose pseudonym it is.
  return pseudonymKey === '' ? undefined : { id: `person-${pseudonym(pseudonymKey, `${channel}:${id}`)}` };
}

/** OpenClaw names a conversation on a channel by who is in it, such as `agent:main:whatsapp:direct:+43664…`. */
function withoutPeer(key: string, { people, pseudonymKey }: Capture): string {
  const [scope, agent, channel = '', kind, ...peer] = key.split(':');
  if (people === 'names' || peer.length === 0 || !ChannelKind.safeParse(channel).success) return key;
  const name = pseudonym(pseudonymKey, `${channel}:${peer.join(':')}`);
  return [scope, agent, channel, kind, `${kind === 'direct' ? 'person' : 'chat'}-${name}`].join(':');
}

function pseudonym(key: string, value: string): string {
  return createHmac('sha256', key).update(value).digest('base64url').slice(0, 10);
}

/** The beginning of a text, never cut between the halves of one character. */
export function cut(text: string, max: number): string {
  return text.length > max ? text.slice(0, max).toWellFormed() : text;
}
