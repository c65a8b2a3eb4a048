import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { lasted } from '../../health-text.ts';
import { ago } from '../../output.ts';

export const show = cliCommand({
  usage: 'incident show <id>',
  summary: 'Show one incident: what led to it, what was seen, and how it ended',
  input: z.object({ id: z.string() }),
  run: ({ client }, { id }) => client.incidents.get({ incidentId: id }),
  show({ botName, cause, why, fix, beganAt, endedAt, story, evidence }, out) {
    const seen = evidence.filter(({ state }) => state !== 'good');
    return [
      `${out.colour('bold', botName)}  ${cause.text}, ${endedAt ? `over after ${lasted(beganAt, endedAt)}` : `open for ${ago(beganAt)}`}`,
      `  ${why}`,
      ...(fix ? [`  ${fix}`] : []),
      '',
      'What happened',
      ...story.map(({ at, text }) => `  ${at}  ${text}`),
      ...(seen.length > 0 ? ['', 'What was seen when it began'] : []),
      ...seen.map(({ label, state, text }) => `  ${label}: ${state}, ${text}`),
    ].join('\n');
  },
});
