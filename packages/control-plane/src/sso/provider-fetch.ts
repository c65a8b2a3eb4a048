import { whyNotProviderUrl } from '@clawster/domain/sso/why-not-provider-url';
import type { CustomFetchOptions } from 'openid-client';
import { fetch } from 'undici';
import { AddressRefused } from '@clawster/outward/address';
import { checkedAgent } from '@clawster/outward/checked-agent';

export const providerTimeoutMs = 10_000;
/** A discovery document has some kilobytes; a user with thousands of groups has hundreds of them. */
const responseBytesMax = 1024 * 1024;

/**
 * How a provider is asked, whatever addresses it names itself: never in the clear but on this machine, never where this
 * installation does not connect to, for so long and so much, and without following it elsewhere.
 */
export function providerFetch({ allowPrivate }: { allowPrivate: boolean }) {
  return async (url: string, options: CustomFetchOptions): Promise<Response> => {
    const reason = whyNotProviderUrl(url);
    if (reason) throw new AddressRefused(`${hostOf(url)}: ${reason}`);
    const agent = checkedAgent({ allowPrivate, responseBytesMax, timeoutMs: providerTimeoutMs });
    try {
      const { method, body, headers } = options;
      const response = await fetch(url, {
        method,
        headers: { ...headers, 'user-agent': 'clawster' },
        redirect: 'manual',
        dispatcher: agent,
        signal: AbortSignal.timeout(providerTimeoutMs),
        ...(body ? { body: body as string | URLSearchParams } : {}),
      });
      const text = await response.text();
      return new Response(text || null, { status: response.status, headers: [...response.headers] });
    } finally {
      await agent.destroy();
    }
  };
}

export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'The provider';
}
