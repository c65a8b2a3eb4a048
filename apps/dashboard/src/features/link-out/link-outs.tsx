'use client';

import { api } from '@clawster/contract/api';
import type { LookedAt } from '@clawster/contract/link-out';
import { useQuery } from '@tanstack/react-query';
import { ExternalLink } from 'lucide-react';
import { q } from '../../lib/query.ts';
import { useWhyForbidden } from '../session/use-identity.ts';

/** The links that lead to other tools from what is looked at: a trace, a bot, a conversation. Nothing where there are none. */
export function LinkOuts({ at }: { at: LookedAt }) {
  const forbidden = useWhyForbidden('telemetry:read');
  const { data } = useQuery({ ...q(api.linkOuts.at, at), enabled: forbidden === undefined });
  if (!data || data.items.length === 0) return null;
  return (
    <ul aria-label="Other tools" className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
      {data.items.map(({ name, url }) => (
        <li key={name}>
          <a
            className="inline-flex items-center gap-1 text-accent underline underline-offset-2"
            href={url}
            target="_blank"
            rel="noreferrer"
          >
            {name}
            <ExternalLink aria-hidden className="size-3.5" />
            <span className="sr-only">(opens in a new tab)</span>
          </a>
        </li>
      ))}
    </ul>
  );
}
