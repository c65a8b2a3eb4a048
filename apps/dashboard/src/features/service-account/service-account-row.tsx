import type { ServiceAccount } from '@clawster/contract/service-account';
import { isWithin } from '@clawster/domain/role/role';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { CirclePause, CirclePlay, KeyRound, Pencil, Trash2 } from 'lucide-react';
import { client } from '../../lib/client.ts';
import { count } from '../../lib/time.ts';
import { tell, tellTrouble } from '../../lib/toast.ts';
import { Menu, MenuItem, MenuSeparator } from '../../ui/menu.tsx';
import { useHeldRole } from '../role/use-roles.ts';
import { useIdentity } from '../session/use-identity.ts';
import type { AccountDialog } from './service-accounts.tsx';

type RowProps = {
  account: ServiceAccount;
  forbidden: string | undefined;
  onAsk: (dialog: AccountDialog) => void;
};

/** A service account with its role, its keys and what can be done about it. */
export function ServiceAccountRow(props: RowProps) {
  const { name, description, role, apiKeyCount, disabledAt } = props.account;
  return (
    <li className="flex min-h-16 flex-wrap items-center gap-4 px-4 py-2.5">
      <div className="min-w-0 flex-1">
        <p className="font-medium">{name}</p>
        <p className="text-sm text-muted">
          {role} · {count(apiKeyCount, 'key')}
          {disabledAt ? ' · disabled' : ''}
          {description ? ` · ${description}` : ''}
        </p>
      </div>
      <Manage {...props} />
    </li>
  );
}

function Manage({ account, forbidden, onAsk }: RowProps) {
  const own = new Set(useIdentity()?.permissions);
  const held = useHeldRole(account.role);
  const whyNot = forbidden ?? (isWithin(held.permissions, own) ? undefined : 'This account may do more than you');
  const toggle = useToggle(account);
  const isDisabled = account.disabledAt !== undefined;
  return (
    <Menu label="Manage">
      <MenuItem
        icon={<KeyRound />}
        title="Create a key"
        hint="With this role or less"
        whyNot={whyNot ?? (isDisabled ? 'It is disabled: enable it first' : undefined)}
        onChoose={() => onAsk({ kind: 'key', account })}
      />
      <MenuItem
        icon={<Pencil />}
        title="Change"
        hint="Name, role, what it is for"
        whyNot={whyNot}
        onChoose={() => onAsk({ kind: 'form', account })}
      />
      <MenuItem
        icon={isDisabled ? <CirclePlay /> : <CirclePause />}
        title={isDisabled ? 'Enable' : 'Disable'}
        hint={isDisabled ? 'Its keys are let in again' : 'Its keys are refused until it is enabled'}
        whyNot={whyNot}
        onChoose={() => toggle.mutate()}
      />
      <MenuSeparator />
      <MenuItem
        icon={<Trash2 />}
        title="Delete"
        hint="Its keys are revoked"
        danger
        whyNot={whyNot}
        onChoose={() => onAsk({ kind: 'delete', account })}
      />
    </Menu>
  );
}

function useToggle({ id: serviceAccountId, name, disabledAt }: ServiceAccount) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () =>
      disabledAt
        ? client.serviceAccounts.enable({ serviceAccountId })
        : client.serviceAccounts.disable({ serviceAccountId }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['serviceAccounts'] });
      tell(disabledAt ? `${name} is enabled.` : `${name} is disabled; its keys are refused.`);
    },
    onError: tellTrouble,
  });
}
