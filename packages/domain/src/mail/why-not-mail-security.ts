import type { MailSecurity } from '@clawster/contract/mail';

/** Why mail does not travel so to this host, or undefined when it may: in the clear only on this very machine. */
export function whyNotMailSecurity(host: string, security: MailSecurity): string | undefined {
  if (security !== 'none' || host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host))
    return undefined;
  return 'Links and passwords would travel in the clear: choose TLS or STARTTLS';
}
