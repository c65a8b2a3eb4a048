import type { ChannelState } from '@clawster/link/channel';
import { accountKey } from './channel-states.ts';

/** A channel that comes back within this time was never away: the other sides drop connections every now and then. */
export const reconnectMsMax = 20_000;

/** What only a person can mend is told at once. */
const lasting: readonly ChannelState['state'][] = ['not-linked', 'blocked', 'missing-plugin'];

/** Tells a channel that only connects anew from one that is away. */
export type ChannelAlarm = {
  /** The states as they are to be told, and what is wrong with them in a sentence. */
  judge(states: readonly ChannelState[], at: number): { states: ChannelState[]; sentence: string | undefined };
};

/** Remembers since when each account has not been connected. */
export function createChannelAlarm(): ChannelAlarm {
  let awaySince = new Map<string, number>();
  return {
    judge(states, at) {
      const away = states.filter(({ connected }) => !connected);
      awaySince = new Map(away.map((one) => [accountKey(one), awaySince.get(accountKey(one)) ?? at]));
      const isAway = (one: ChannelState) =>
        !one.connected &&
        (lasting.includes(one.state) || at - (awaySince.get(accountKey(one)) ?? at) >= reconnectMsMax);
      return {
        states: states.map((one) => told(one, isAway(one))),
        sentence:
          states
            .filter(isAway)
            .map(({ detail }) => detail)
            .join('. ') || undefined,
      };
    },
  };
}

function told(state: ChannelState, isAway: boolean): ChannelState {
  if (state.connected || lasting.includes(state.state)) return state;
  return { ...state, state: isAway ? 'disconnected' : 'connecting' };
}
