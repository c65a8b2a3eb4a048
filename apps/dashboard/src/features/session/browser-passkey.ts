import type { Assertion, Attestation, CreationOptions, RequestOptions } from '@clawster/contract/passkey';
import { whyNoPasskeysAt } from '@clawster/domain/passkey/where';
import { useSyncExternalStore } from 'react';

/** Has the browser make a passkey. */
export async function makePasskey(options: CreationOptions): Promise<Attestation> {
  const { startRegistration } = await import('@simplewebauthn/browser');
  const optionsJSON = options as Parameters<typeof startRegistration>[0]['optionsJSON'];
  return startRegistration({ optionsJSON }).catch(say) as Promise<Attestation>;
}

/** Has the browser sign with a passkey. */
export async function signWithPasskey(options: RequestOptions): Promise<Assertion> {
  const { startAuthentication } = await import('@simplewebauthn/browser');
  const optionsJSON = options as Parameters<typeof startAuthentication>[0]['optionsJSON'];
  return startAuthentication({ optionsJSON }).catch(say) as Promise<Assertion>;
}

/** Why there are no passkeys in this browser at this address; undefined when there are, or until it is known. */
export function useWhyNoPasskeys(): string | undefined {
  return useSyncExternalStore(never, whyNotHere, () => undefined);
}

function whyNotHere(): string | undefined {
  const here = whyNoPasskeysAt(window.location.origin);
  return here ?? ('PublicKeyCredential' in window ? undefined : 'This browser has no passkeys: use a newer one');
}

/** An address stays what it is as long as its page is open. */
const never = () => () => undefined;

/** What browsers say of it is for programmers. */
function say(error: Error): never {
  throw new Error(sentences[(error.cause as Error | undefined)?.name ?? error.name] ?? error.message, { cause: error });
}

const sentences: Record<string, string> = {
  NotAllowedError: 'No passkey was given, or it took too long. Try again.',
  AbortError: 'No passkey was given. Try again.',
  InvalidStateError: 'This authenticator has a passkey of yours already: use another.',
  ConstraintError: 'This authenticator asks for no PIN or fingerprint, or keeps no passkeys: use another.',
  NotSupportedError: 'This authenticator makes no passkeys that Clawster takes: use another.',
  SecurityError: 'The browser allows no passkeys at this address.',
};
