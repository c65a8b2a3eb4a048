'use client';

import Link from 'next/link';
import { paths } from '../../lib/paths.ts';
import { useIdentity, whyNowhere } from '../session/use-identity.ts';

/** Why what was said is not to be read: it is not for this person, or it was not kept; nothing where it is there. */
export function TextNote({ hasText }: { hasText: boolean | undefined }) {
  const forbidden = useWhyNoText();
  if (forbidden) return <p className="text-sm text-muted">You see what happened, not what was said. {forbidden}</p>;
  if (hasText !== false) return null;
  return (
    <p className="text-sm text-muted">
      What was said here is not kept, or no longer.{' '}
      <Link href={paths.settings('conversations')} className="font-medium text-accent hover:underline">
        Choose what is kept
      </Link>{' '}
      from now on.
    </p>
  );
}

/** Why what was said is hidden from the signed-in person, or undefined. */
export function useWhyNoText(): string | undefined {
  return whyNowhere(useIdentity(), 'conversation:read');
}
