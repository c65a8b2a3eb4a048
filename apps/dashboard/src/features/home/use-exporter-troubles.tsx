'use client';

import { api } from '@clawster/contract/api';
import { paths } from '../../lib/paths.ts';
import { ButtonLink } from '../../ui/button-link.tsx';
import { StateWord } from '../../ui/state-word.tsx';
import { lookOf } from '../exporter/exporter-look.ts';
import type { OtherTrouble } from './use-attention.tsx';
import { useKnownTroubles } from './use-known-troubles.ts';

/** Tools that nothing is sent to any more, since it failed too often; undefined until it is known. */
export function useExporterTroubles(): OtherTrouble[] | undefined {
  return useKnownTroubles({
    route: api.exporters.list,
    permission: 'telemetry:manage',
    input: {},
    troubles: ({ items }) =>
      items
        .filter(({ stoppedAt }) => stoppedAt)
        .map((exporter) => ({
          key: exporter.id,
          name: `Export to ${exporter.name}`,
          state: <StateWord look={lookOf(exporter)} />,
          cause: `${exporter.trouble}. It goes on where it stopped once it is tried again.`,
          fix: <ButtonLink href={paths.settings('export')}>Mend it</ButtonLink>,
        })),
  });
}
