import type { LinkOutPlaceholder } from '@clawster/contract/link-out';

/** What placeholders stand for; what is absent is not known where the link is shown. */
export type Filling = Partial<Record<LinkOutPlaceholder, string | undefined>>;

/** A template with all its placeholders filled in, or undefined when it names one that is not known. Nothing that is filled in can end its part of the address. */
export function fillLinkOut(url: string, filling: Filling): string | undefined {
  const names = [...url.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as LinkOutPlaceholder);
  if (names.some((name) => filling[name] === undefined)) return undefined;
  return url.replaceAll(/\{(\w+)\}/g, (_, name: LinkOutPlaceholder) => encoded(filling[name] as string));
}

/** A dot stays a dot when it is escaped: only where a part is nothing but dots would it lead up. */
function encoded(value: string): string {
  return /^\.{1,2}$/.test(value) ? '' : encodeURIComponent(value);
}
