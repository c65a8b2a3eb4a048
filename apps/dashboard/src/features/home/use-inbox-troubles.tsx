'use client';

import { api } from '@clawster/contract/api';
import { paths } from '../../lib/paths.ts';
import { count } from '../../lib/time.ts';
import { ButtonLink } from '../../ui/button-link.tsx';
import { StateWord } from '../../ui/state-word.tsx';
import { Time } from '../../ui/time.tsx';
import { kindWords, stateLooks } from '../inbox/inbox-looks.ts';
import type { OtherTrouble } from './use-attention.tsx';
import { useKnownTroubles } from './use-known-troubles.ts';

const shown = 3;

/** What waits for somebody to decide, the most urgent of it; undefined until it is known. */
export function useInboxTroubles(): OtherTrouble[] | undefined {
  return useKnownTroubles({
    route: api.inbox.list,
    permission: 'inbox:read',
    input: { limit: shown },
    troubles: ({ items, total }) =>
      items.map(({ id, title, kind, teamName, createdAt }, at) => ({
        key: id,
        name: title,
        state: <StateWord look={stateLooks.open} />,
        cause: (
          <>
            {[kindWords[kind], teamName].filter(Boolean).join(' · ')} · <Time at={createdAt} />
            {at === shown - 1 && total > shown ? ` · and ${count(total - shown, 'other thing')} in the inbox` : ''}
          </>
        ),
        fix: <ButtonLink href={paths.inbox(id)}>Decide it</ButtonLink>,
      })),
  });
}
