import { ChannelsStatus } from '@clawster/gateway/channel-protocol';
import type { ChannelState } from '@clawster/link/channel';
import type { Running } from '../gateway/bring-up.ts';
import type { Host } from '../host.ts';
import { createChannelAlarm } from './channel-alarm.ts';
import { accountKey, channelStatesOf } from './channel-states.ts';

/** How often the channels are looked at while one is not connected, and while all are. */
const lookMs = { unsettled: 2_000, calm: 30_000 };

/** Events of the gateway after which the channels may be otherwise. */
const news: readonly string[] = ['health', 'config.changed'];

/** Tells how the bot's channels are, from the first connection to its gateway on; one that stays away impairs the bot. Returns how to stop. */
export function watchChannels(host: Host, running: Running): () => void {
  const watch = new ChannelWatch(host, running);
  const stopListening = running.link.onEvent(({ event }) => news.includes(event) && watch.lookSoon());
  return () => {
    stopListening();
    watch.stop();
  };
}

class ChannelWatch {
  readonly #host: Host;
  readonly #running: Running;
  readonly #alarm = createChannelAlarm();
  readonly #names = new Map<string, string>();
  #timer: NodeJS.Timeout | undefined;
  #isOver = false;

  constructor(host: Host, running: Running) {
    this.#host = host;
    this.#running = running;
    this.#again(lookMs.unsettled);
  }

  /** Not at once: what the gateway tells of is about to happen. */
  lookSoon(): void {
    this.#again(lookMs.unsettled);
  }

  stop(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#host.status.impair('channels', undefined);
    this.#host.status.channels(undefined);
  }

  #again(ms: number): void {
    clearTimeout(this.#timer);
    if (!this.#isOver) this.#timer = setTimeout(() => void this.#look(), ms).unref();
  }

  async #look(): Promise<void> {
    const seen = await this.#states().catch((error: unknown): undefined => {
      // A gateway that does not answer is told by its own connection.
      this.#host.log('info', 'the channels could not be looked at', { reason: String(error) });
    });
    if (this.#isOver) return;
    if (!seen) return this.#again(lookMs.unsettled);
    const { states, sentence } = this.#alarm.judge(seen, Date.now());
    this.#host.status.channels(states.map((state) => this.#named(state)));
    this.#host.status.impair('channels', sentence);
    const isCalm = states.length > 0 && states.every(({ connected }) => connected);
    this.#again(isCalm ? lookMs.calm : lookMs.unsettled);
  }

  async #states(): Promise<ChannelState[]> {
    const { channels } = this.#running.applied;
    if (channels.length === 0) return [];
    const client = await this.#running.link.client();
    const look = async (params: Record<string, unknown>) =>
      channelStatesOf(
        ChannelsStatus.parse(await client.call('channels.status', params, { timeoutMs: 60_000 })),
        channels,
        new Date(),
      );
    const states = await look({});
    // Who it is over there is only told when it is asked for; a channel that comes anew may have become another.
    const isNew = states.some((state) => state.connected && !this.#names.has(accountKey(state)));
    if (!isNew) return states;
    const probed = await look({ probe: true });
    for (const state of probed) if (state.connected) this.#names.set(accountKey(state), state.linkedAs ?? '');
    return probed;
  }

  #named(state: ChannelState): ChannelState {
    if (!state.connected) this.#names.delete(accountKey(state));
    const linkedAs = state.linkedAs ?? this.#names.get(accountKey(state));
    return linkedAs ? { ...state, linkedAs } : state;
  }
}
