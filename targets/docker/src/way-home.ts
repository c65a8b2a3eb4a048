import { isIP } from 'node:net';
import { join } from 'node:path';
import type { Settings } from './settings.ts';

/** How a bot finds its control plane: what it dials, under which name and port the relay stands for it, and where that leads. */
export type WayHome = { url: string; host: string; port: number; to: string; socketFolder?: string };

type Way = Pick<Settings, 'controlPlaneUrl' | 'linkDirectory' | 'connection'>;

const relayName = 'clawster';
const relayPort = 4500;
const socketName = 'link.sock';

/** The way home, or a sentence that says what is missing. */
export function wayHome({ controlPlaneUrl, linkDirectory, connection }: Way): WayHome | string {
  if (controlPlaneUrl) return byAddress(new URL(controlPlaneUrl));
  if (connection.via !== 'socket')
    return 'The engine is elsewhere: say at which address its bots reach Clawster, with the control plane’s URL in the settings of the target';
  if (!linkDirectory) return 'This Clawster takes in no links beside its port: give the target the control plane’s URL';
  const url = `http://${relayName}:${relayPort}`;
  return { url, host: relayName, port: relayPort, to: join('/link', socketName), socketFolder: linkDirectory };
}

/** The relay stands for the very name, so that a certificate for it is the right one. */
function byAddress(url: URL): WayHome | string {
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
  const to = `${url.hostname}:${port}`;
  if (isIP(url.hostname.replace(/^\[|\]$/g, '')) === 0) return { url: url.href, host: url.hostname, port, to };
  if (url.protocol === 'https:')
    return 'The control plane’s URL names an address, and certificates are for names: write a name in it';
  url.hostname = relayName;
  return { url: url.href, host: relayName, port, to };
}
