'use client';

import { Plus } from 'lucide-react';
import { paths } from '../../lib/paths.ts';
import { ButtonLink } from '../../ui/button-link.tsx';
import { Button } from '../../ui/button.tsx';
import { useIdentity, whyNowhere } from '../session/use-identity.ts';

/** The way to a new bot; says why to those who may not. */
export function NewBotLink({ children = 'New bot' }: { children?: string }) {
  const forbidden = whyNowhere(useIdentity(), 'bot:create');
  return forbidden ? (
    <Button look="primary" icon={<Plus />} whyNot={forbidden}>
      {children}
    </Button>
  ) : (
    <ButtonLink look="primary" href={paths.newBot} icon={<Plus />}>
      {children}
    </ButtonLink>
  );
}
