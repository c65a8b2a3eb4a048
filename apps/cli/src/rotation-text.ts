import type { Rotation, RotationBot, SecretImpact } from '@clawster/contract/rotation';
import { ago, countText, type Output, table } from './output.ts';

/** What another value touches: in a sentence, then bot by bot. */
export function blastRadius({ counts, bots }: SecretImpact): string {
  const { running, hot, restart, channels } = counts;
  const sentence = `It goes to ${some(counts.bots, 'bot')} (${countText(running)} running) and ${some(channels, 'channel')}: ${countText(hot)} without a restart, ${countText(restart)} with one.`;
  if (bots.length === 0) return sentence;
  const rows = bots.map(({ botName, wave, running: runs, reload, uses, interruption }) => [
    botName,
    String(wave),
    runs ? reload : 'at rest',
    uses.map(({ name }) => name).join(', '),
    interruption,
  ]);
  return `${sentence}\n\n${table(['bot', 'wave', 'how', 'through', 'interruption'], rows, '')}`;
}

export function rotationTable(rotations: Rotation[]): string {
  return table(
    ['id', 'secret', 'version', 'phase', 'wave', 'began', 'reason'],
    rotations.map((rotation) => [
      rotation.id,
      rotation.secretName,
      `${rotation.fromVersion} → ${rotation.toVersion}`,
      rotation.phase,
      `${rotation.wave} of ${rotation.waves}`,
      `${ago(rotation.startedAt)} ago`,
      rotation.reason,
    ]),
    'No secret was rotated yet. Begin: clawster secret rotate <secret>',
  );
}

export function rotationDetails({ rotation, bots }: { rotation: Rotation; bots: RotationBot[] }, out: Output): string {
  const { secretName, fromVersion, toVersion, phase, former } = rotation;
  return [
    `${out.colour('bold', secretName)}  ${phase}, version ${fromVersion} → ${toVersion}, ${waveLine(rotation)}`,
    `  ${rotation.reason}`,
    ...(former ? [`  ${former.text}.`] : []),
    ...(phase === 'halted' ? whatToDo(rotation).map((line) => `  ${line}`) : []),
    '',
    table(
      ['bot', 'wave', 'state', 'what was said'],
      bots.map(({ botName, wave, state, text }) => [botName, String(wave), state, text]),
      'No bot uses it.',
    ),
  ].join('\n');
}

/** Where a rotation is, in one line. */
export function waveLine({ wave, waves, bots }: Rotation): string {
  const counts = Object.entries(bots).filter(([, number]) => number > 0);
  const said = counts.map(([state, number]) => `${countText(number)} ${state}`).join(', ');
  return `wave ${wave} of ${waves}${said ? `: ${said}` : ''}`;
}

/** The ways out of a halt. */
export function whatToDo({ id, stuck }: Rotation): string[] {
  return [
    ...(stuck.length > 0 ? [`Stuck: ${stuck.join(', ')}`] : []),
    `Try them again: clawster rotation resume ${id}`,
    `Go on without them: clawster rotation resume ${id} --set-aside`,
    `Go back: clawster rotation undo ${id}`,
  ];
}

function some(number: number, noun: string): string {
  return `${countText(number)} ${noun}${number === 1 ? '' : 's'}`;
}
