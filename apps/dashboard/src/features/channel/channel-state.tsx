import type { ChannelStatus } from '@clawster/contract/channel';
import { type Look, StateWord } from '../../ui/state-word.tsx';

const looks: Record<ChannelStatus['state'], Look> = {
  connected: { word: 'Connected', tone: 'ok', shape: 'disc' },
  connecting: { word: 'Connecting', tone: 'warn', shape: 'ring', moving: true },
  disconnected: { word: 'Not connected', tone: 'bad', shape: 'cross' },
  'not-linked': { word: 'Not linked', tone: 'warn', shape: 'triangle' },
  blocked: { word: 'Blocked', tone: 'bad', shape: 'cross' },
  'missing-plugin': { word: 'Plugin missing', tone: 'bad', shape: 'triangle' },
  stopped: { word: 'Stopped', tone: 'off', shape: 'square' },
  unknown: { word: 'Unknown', tone: 'off', shape: 'question' },
};

/** How a bot's connection was last seen; never green for what was not. */
export function ChannelState({ status }: { status: ChannelStatus }) {
  return <StateWord look={looks[status.state]} />;
}
