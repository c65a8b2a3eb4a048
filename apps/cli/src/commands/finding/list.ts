import { FindingState } from '@clawster/contract/finding';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { allPages } from '../../find.ts';
import { ago, table } from '../../output.ts';
import { formText, placeText } from '../../scan-text.ts';

export const list = cliCommand({
  usage: 'finding list',
  summary: 'List where secrets were found in plain sight, the gravest first',
  options: [['--state <state>', 'open, fixed, dismissed or all (open)']],
  input: z.object({ state: z.enum([...FindingState.options, 'all']).default('open') }),
  run: ({ client }, { state }) => allPages((cursor) => client.findings.list({ limit: 200, cursor, state })),
  show: (findings) =>
    table(
      ['id', 'severity', 'state', 'secret', 'form', 'where', 'seen', 'fix'],
      findings.map((finding) => [
        finding.id,
        finding.severity,
        finding.state,
        `${finding.secretName} (version ${finding.version})`,
        formText(finding),
        placeText(finding),
        `${ago(finding.lastSeenAt)} ago`,
        finding.fix,
      ]),
      'Nothing was found. Look again: clawster secret scan --wait',
    ),
});
