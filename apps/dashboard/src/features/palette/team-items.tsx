'use client';

import { api } from '@clawster/contract/api';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { UsersRound } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { paths } from '../../lib/paths.ts';
import { q } from '../../lib/query.ts';
import { useIdentity, whyForbidden } from '../session/use-identity.ts';
import { Group, Item } from './palette-item.tsx';

/** The teams of that name, for whoever may see teams. */
export function TeamItems({ search, onClose }: { search: string; onClose: () => void }) {
  const router = useRouter();
  const identity = useIdentity();
  const teams =
    useQuery({
      ...q(api.teams.list, { search: search.trim(), limit: 5 }),
      enabled: identity !== undefined && !whyForbidden(identity, 'team:read'),
      placeholderData: keepPreviousData,
    }).data?.items ?? [];
  if (teams.length === 0) return null;
  return (
    <Group heading="Teams">
      {teams.map(({ id, name, lead }) => (
        <Item
          key={id}
          value={`team ${name}`}
          onSelect={() => {
            router.push(paths.team(id));
            onClose();
          }}
        >
          <UsersRound />
          <span className="flex-1 truncate">{name}</span>
          <span className="text-sm text-muted">{lead.botName} leads</span>
        </Item>
      ))}
    </Group>
  );
}
