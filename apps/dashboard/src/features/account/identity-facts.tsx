'use client';

import type { ReactNode } from 'react';
import { Card, Skeleton } from '../../ui/page.tsx';
import { sayPermissions } from '../session/say-permissions.ts';
import { useIdentity } from '../session/use-identity.ts';

/** Who one is here, and what one may. */
export function IdentityFacts() {
  const identity = useIdentity();
  if (!identity)
    return (
      <Card>
        <Skeleton className="h-72 w-full" />
      </Card>
    );
  const { caller, workspace, role, permissions } = identity;
  const facts: [string, ReactNode][] = [
    ['Name', caller.kind === 'person' ? caller.person.name : caller.name],
    ...(caller.kind === 'person' ? [['E-mail', caller.person.email] as [string, ReactNode]] : []),
    ['Workspace', workspace.name],
    ['Role', role],
    [
      'May',
      <ul key="may" className="space-y-0.5">
        {sayPermissions(permissions).map(({ noun, verbs }) => (
          <li key={noun}>
            {noun}: <span className="text-muted">{verbs.join(', ')}</span>
          </li>
        ))}
      </ul>,
    ],
  ];
  return (
    <Card>
      <dl className="grid grid-cols-[7rem_minmax(0,1fr)] gap-x-4 gap-y-2">
        {facts.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-muted">{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
