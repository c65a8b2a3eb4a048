import type { Exporter } from '@clawster/contract/exporter';
import type { Look } from '../../ui/state-word.tsx';

/** How an exporter goes, in a word. */
export function lookOf({ trouble, stoppedAt, sentAt }: Exporter): Look {
  if (stoppedAt) return { word: 'Stopped', tone: 'bad', shape: 'cross' };
  if (trouble) return { word: 'Trying again', tone: 'warn', shape: 'triangle' };
  if (sentAt) return { word: 'Sending', tone: 'ok', shape: 'disc' };
  return { word: 'Nothing sent yet', tone: 'off', shape: 'ring' };
}
