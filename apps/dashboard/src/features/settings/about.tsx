'use client';

import { api } from '@clawster/contract/api';
import { useQuery } from '@tanstack/react-query';
import { ExternalLink } from 'lucide-react';
import { paths } from '../../lib/paths.ts';
import { q } from '../../lib/query.ts';
import { buttonLook } from '../../ui/button-look.ts';
import { Card } from '../../ui/page.tsx';

export function About() {
  const status = useQuery(q(api.system.status, {}));
  return (
    <Card>
      <p className="font-medium">Clawster {status.data?.version ?? ''}</p>
      <p className="mt-1 mb-4 max-w-prose text-sm text-muted">
        Runs and watches your fleet of OpenClaw bots. Whatever this dashboard does, the API and the command line do too.
      </p>
      {/* Served by the server itself, not a page of the dashboard. */}
      <a className={buttonLook('plain')} href={paths.reference}>
        API reference
        <ExternalLink aria-hidden />
      </a>
    </Card>
  );
}
