import { z } from 'zod';
import { Empty, Id, Timestamp } from './page.ts';
import { route } from './route.ts';

/** What is filled in where it is named in an address. */
export const linkOutPlaceholders = ['traceId', 'otelTraceId', 'botId', 'botName', 'session', 'from', 'to'] as const;
export type LinkOutPlaceholder = (typeof linkOutPlaceholders)[number];

const known: ReadonlySet<string> = new Set(linkOutPlaceholders);

/** Why an address is no template of a link, or undefined when it is one. */
export function whyNotLinkOut(url: string): string | undefined {
  const unknown = [...url.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name).find((name) => !known.has(name));
  if (unknown !== undefined)
    return `There is no {${unknown}}: use ${linkOutPlaceholders.map((name) => `{${name}}`).join(', ')}`;
  const [, authority = ''] = /^https?:\/\/([^/?#\\]+)/i.exec(url) ?? [];
  if (!authority || /[{}]/.test(authority))
    return 'Begin with https:// or http:// and the name of the host, such as https://grafana.example.com/';
  if (authority.includes('@')) return 'Leave name and password out of the address: everyone here sees it';
  if (/[\s"'<>`\\]/.test(url) || !URL.canParse(url.replaceAll(/[{}]/g, '')))
    return 'Leave out spaces, quotes and angle brackets: write them as %20 and so on';
  return undefined;
}

export const LinkOutUrl = z
  .string()
  .trim()
  .max(2_000)
  .superRefine((url, { addIssue }) => {
    const message = whyNotLinkOut(url);
    if (message) addIssue({ code: 'custom', message });
  });

export const LinkOut = z.object({ id: Id, name: z.string(), url: z.string(), createdAt: Timestamp });
export type LinkOut = z.infer<typeof LinkOut>;

const settings = { name: z.string().trim().min(1, 'Name the link, such as Grafana').max(40), url: LinkOutUrl };
const One = z.object({ linkOutId: Id });

/** What is looked at. */
export const LookedAt = z.object({
  traceId: z.string().max(200).optional(),
  botId: Id.optional(),
  session: z.string().max(500).optional(),
  from: Timestamp.optional(),
  to: Timestamp.optional(),
});
export type LookedAt = z.infer<typeof LookedAt>;

export const linkOuts = {
  list: route({
    method: 'GET',
    path: '/link-outs',
    permission: 'telemetry:read',
    summary: 'Links to other tools, as they were written',
    input: Empty,
    output: z.object({ items: z.array(LinkOut) }),
  }),
  at: route({
    method: 'GET',
    path: '/link-outs/at',
    permission: 'telemetry:read',
    summary: 'The links that lead from a trace, bot or conversation to other tools; those that need more are left out',
    input: LookedAt,
    output: z.object({ items: z.array(z.object({ name: z.string(), url: z.string() })) }),
  }),
  create: route({
    method: 'POST',
    path: '/link-outs',
    permission: 'telemetry:manage',
    summary: 'Show a link to another tool on traces, bots and conversations',
    input: z.object(settings),
    output: LinkOut,
  }),
  update: route({
    method: 'PATCH',
    path: '/link-outs/{linkOutId}',
    permission: 'telemetry:manage',
    summary: 'Change the name or address of a link',
    input: One.extend({ name: settings.name.optional(), url: settings.url.optional() }),
    output: LinkOut,
  }),
  delete: route({
    method: 'DELETE',
    path: '/link-outs/{linkOutId}',
    permission: 'telemetry:manage',
    summary: 'Show a link no more',
    input: One,
    output: Empty,
  }),
};
