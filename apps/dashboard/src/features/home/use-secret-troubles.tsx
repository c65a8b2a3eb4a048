'use client';

import { api } from '@clawster/contract/api';
import type { Secret } from '@clawster/contract/secret';
import { useQuery } from '@tanstack/react-query';
import { paths } from '../../lib/paths.ts';
import { q } from '../../lib/query.ts';
import { useNow } from '../../lib/use-now.ts';
import { ButtonLink } from '../../ui/button-link.tsx';
import { StateWord } from '../../ui/state-word.tsx';
import { Until } from '../../ui/time.tsx';
import { dueLooks, dueState } from '../secret/secret-due.tsx';
import type { OtherTrouble } from './use-attention.tsx';

const listedMax = 200;

/** Rotations that were halted, secrets that are to be replaced or cannot be read where they are kept, and channels whose service refuses their token; undefined until all is known. */
export function useSecretTroubles(): OtherTrouble[] | undefined {
  const secrets = useQuery(q(api.secrets.list, { limit: listedMax }));
  const rotations = useQuery(q(api.rotations.list, { phase: 'halted' }));
  const channels = useQuery(q(api.channels.list, { limit: listedMax }));
  const now = useNow(60_000);
  if ([secrets, rotations, channels].some(({ isPending }) => isPending)) return undefined;
  return [
    ...(rotations.data?.items ?? []).map(({ id, secretId, secretName, reason }) => ({
      key: id,
      name: `Rotation of ${secretName}`,
      state: <StateWord look={{ word: 'Halted', tone: 'bad', shape: 'triangle' }} />,
      cause: reason,
      fix: <ButtonLink href={paths.secrets(secretId)}>Decide how to go on</ButtonLink>,
    })),
    ...(secrets.data?.items ?? []).flatMap((secret) => dueTrouble(secret, now) ?? []),
    ...(secrets.data?.items ?? [])
      .filter(({ readTrouble }) => readTrouble)
      .map(({ id, name, readTrouble }) => ({
        key: `${id} source`,
        name,
        cause: `${readTrouble}. Bots keep the value they have.`,
        fix: <ButtonLink href={paths.secrets(id)}>Open the secret</ButtonLink>,
      })),
    ...(channels.data?.items ?? [])
      .filter(({ check }) => check && !check.ok)
      .map(({ id, name, check }) => ({
        key: id,
        name,
        cause: check?.message,
        fix: <ButtonLink href={paths.channels(id)}>Open the channel</ButtonLink>,
      })),
  ];
}

function dueTrouble(secret: Secret, now: number): OtherTrouble | undefined {
  const { id, name, dueAt, expiresAt } = secret;
  const state = dueState(secret, now);
  if (state !== 'expired' && state !== 'overdue') return undefined;
  const at = state === 'expired' ? expiresAt : dueAt;
  return {
    key: id,
    name,
    state: <StateWord look={dueLooks[state]} />,
    cause: (
      <>
        {state === 'expired' ? 'Its service does not take it any more since' : 'It was to be replaced by'}{' '}
        {at ? <Until at={at} /> : null}.
      </>
    ),
    fix: <ButtonLink href={paths.secrets(id)}>Rotate it</ButtonLink>,
  };
}
