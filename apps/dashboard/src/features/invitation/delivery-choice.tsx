'use client';

import { api } from '@clawster/contract/api';
import type { Delivery } from '@clawster/contract/invitation';
import { useQuery } from '@tanstack/react-query';
import { q } from '../../lib/query.ts';
import { Choice } from '../../ui/choice.tsx';

/** How the invitation travels; by mail only where there is a mail server, else one reads why not. */
export function DeliveryChoice({ delivery, onChoose }: { delivery: Delivery; onChoose: (chosen: Delivery) => void }) {
  const { data } = useQuery(q(api.mail.show, {}));
  const server = data?.server;
  return (
    <fieldset className="space-y-2">
      <legend className="mb-1 text-sm font-medium">How it gets there</legend>
      <Choice
        name="delivery"
        value="link"
        title="You hand over the link"
        checked={delivery === 'link'}
        onChoose={() => onChoose('link')}
      >
        It is shown once.
      </Choice>
      <Choice
        name="delivery"
        value="mail"
        title="Clawster mails it"
        checked={delivery === 'mail'}
        disabled={!server}
        onChoose={() => onChoose('mail')}
      >
        {server
          ? `From ${server.fromAddress}; you see here whether it was sent.`
          : 'There is no mail server yet: set one up under Settings, Mail.'}
      </Choice>
    </fieldset>
  );
}
