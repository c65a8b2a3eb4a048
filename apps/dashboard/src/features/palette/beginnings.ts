import type { Permission } from '@clawster/contract/permission';
import { KeyRound, type LucideIcon, MessagesSquare, Plus, UsersRound } from 'lucide-react';
import { paths } from '../../lib/paths.ts';
import { whyNowhere } from '../session/use-identity.ts';

type Beginning = {
  name: string;
  /** By which words it is found. */
  value: string;
  path: string;
  icon: LucideIcon;
  permission: Permission;
  whyNot?: typeof whyNowhere;
};

/** What is begun on a page of its own. */
export const beginnings: Beginning[] = [
  {
    name: 'Create a bot',
    value: 'create new bot',
    path: paths.newBot,
    icon: Plus,
    permission: 'bot:create',
    whyNot: whyNowhere,
  },
  {
    name: 'Make a team',
    value: 'make a team one-person company',
    path: paths.newTeam(),
    icon: UsersRound,
    permission: 'team:manage',
  },
  {
    name: 'Add a channel',
    value: 'add a channel telegram slack discord whatsapp',
    path: paths.channels('new'),
    icon: MessagesSquare,
    permission: 'connector:manage',
  },
  {
    name: 'Keep a secret',
    value: 'keep a secret token key',
    path: paths.secrets('new'),
    icon: KeyRound,
    permission: 'secret:manage',
  },
];
