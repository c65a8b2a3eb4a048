import { hostNamePattern } from '@clawster/contract/egress';
import type { Egress } from '@clawster/target/egress';

const name = new RegExp(`^(?=.{1,253}:)${hostNamePattern}:[1-9]\\d{0,4}$`);
const ports: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443', 'ws:': '80', 'wss:': '443' };

/** The place a URL leads to, as `host:port` in one spelling, or undefined when it leads to none that could be allowed. */
export function placeOf(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, hostname, port } = new URL(url);
  const usual = ports[protocol];
  // A name with a dot at its end is the same name.
  const host = hostname.replace(/\.$/, '');
  return usual === undefined || host === '' ? undefined : `${host}:${port || usual}`;
}

/** How a bot may reach a place that somebody wrote as `host:port`: at public addresses, at any, or not at all. */
export function admits({ allowed, inside }: Egress, written: string): 'public' | 'any' | undefined {
  // Case alone may differ. Whatever else is not ASCII might turn into it by lower case, as the Kelvin sign does.
  const place = /^[\x21-\x7e]+$/.test(written) ? written.toLowerCase() : '';
  if (inside.includes(place)) return 'any';
  if (place.startsWith('*')) return undefined;
  if (allowed.includes(place)) return 'public';
  return isNamed(place) && allowed.some((one) => one.startsWith('*.') && isBelow(place, one)) ? 'public' : undefined;
}

/** Whether this is a name with a port, and no address in any spelling. */
export function isNamed(place: string): boolean {
  return name.test(place) && Number(place.slice(place.lastIndexOf(':') + 1)) <= 65_535;
}

function isBelow(place: string, wildcard: string): boolean {
  const suffix = wildcard.slice(1);
  return place.length > suffix.length && place.endsWith(suffix);
}
