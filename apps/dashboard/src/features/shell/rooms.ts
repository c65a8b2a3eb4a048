import {
  Activity,
  Bot,
  Cable,
  Coins,
  HeartPulse,
  History,
  House,
  Inbox,
  KeyRound,
  Layers,
  PackageOpen,
  Server,
  Settings2,
  UsersRound,
} from 'lucide-react';
import { paths } from '../../lib/paths.ts';

/** The rooms of the dashboard; one appears here when it exists. */
export const rooms = [
  { name: 'Home', path: paths.home, icon: House, key: 'h' },
  { name: 'Bots', path: paths.bots, icon: Bot, key: 'b' },
  { name: 'Teams', path: paths.teams, icon: UsersRound, key: 'm' },
  { name: 'Inbox', path: paths.inbox(), icon: Inbox, key: 'i' },
  { name: 'Activity', path: paths.activity(), icon: Activity, key: 'v' },
  { name: 'Cost', path: paths.cost(), icon: Coins, key: 'o' },
  { name: 'Health', path: paths.health(), icon: HeartPulse, key: 'l' },
  { name: 'Configuration', path: paths.configuration(), icon: Layers, key: 'f' },
  { name: 'Connectors', path: paths.connectors, icon: Cable, key: 'c' },
  { name: 'Secrets', path: paths.secrets(), icon: KeyRound, key: 'e' },
  { name: 'Runtimes', path: paths.runtimes, icon: PackageOpen, key: 'r' },
  { name: 'Targets', path: paths.targets, icon: Server, key: 't' },
  { name: 'Audit', path: paths.audit, icon: History, key: 'a' },
  { name: 'Settings', path: paths.settings(), icon: Settings2, key: 's' },
] as const;

/** Whether a path lies in a room, so that its link can say so. */
export function isIn(pathname: string, room: string): boolean {
  return room === paths.home ? pathname === room : pathname === room || pathname.startsWith(`${room}/`);
}
