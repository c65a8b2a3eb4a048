import { Refusal } from '@clawster/domain/refusal';
import ipaddr from 'ipaddr.js';
import { CompiledQuery } from 'kysely';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { ControlPlane } from '../plane.ts';

const minutes = 60;

/** Guessing is slowed by account and network; by account alone only far later, so that a stranger cannot lock an owner out. Counted for all replicas together. */
function createLimits(db: ControlPlane['db']) {
  const limit = (keyPrefix: string, points: number, duration: number) =>
    new RateLimiterPostgres({
      storeClient: storeOn(db),
      storeType: 'client',
      tableName: 'sign_in_attempt',
      tableCreated: true,
      keyPrefix,
      points,
      duration,
    });
  return {
    pair: limit('pair', 10, 15 * minutes),
    network: limit('network', 60, 15 * minutes),
    account: limit('account', 100, 60 * minutes),
    // Asking for a challenge costs a row; people who dismiss the question ask again.
    offer: limit('passkey', 120, 15 * minutes),
    // A mail each, which must not be a way to fill someone's mailbox.
    askPair: limit('reset-pair', 5, 15 * minutes),
    askNetwork: limit('reset-network', 30, 15 * minutes),
    askAccount: limit('reset-account', 10, 60 * minutes),
    // A link from a message is looked at and used, and scanned by what reads mails before that.
    link: limit('inbox-link', 120, 15 * minutes),
    // Of a million codes three are good at a time: ten guesses in a quarter of an hour, and fifty in a day, find none.
    second: limit('second', 10, 15 * minutes),
    secondOfDay: limit('second-day', 50, 24 * 60 * minutes),
  };
}

/** What the limiter asks of a driver, over our own pool. */
function storeOn(db: ControlPlane['db']) {
  return {
    async query({ text, values }: { text: string; values: unknown[] }) {
      const { rows, numAffectedRows } = await db.executeQuery(CompiledQuery.raw(text, values));
      return { rows, rowCount: Number(numAffectedRows ?? rows.length) };
    },
  };
}

const limitsByPlane = new WeakMap<ControlPlane['db'], ReturnType<typeof createLimits>>();

/** Counts an attempt, or refuses it: call before any work is done for it. */
export async function countAttempt(plane: ControlPlane, email: string, address: string): Promise<void> {
  const { pair, network, account } = limitsOf(plane);
  const from = networkOf(address);
  await unlessTooMany(async () => {
    await pair.consume(`${email} ${from}`);
    await network.consume(from);
    await account.consume(email);
  });
}

/** Counts a wish for a new passphrase, or refuses it: by the address that was typed, whoever has it or not. */
export async function countResetAsk(plane: ControlPlane, email: string, address: string): Promise<void> {
  const { askPair, askNetwork, askAccount } = limitsOf(plane);
  const from = networkOf(address);
  await unlessTooMany(async () => {
    await askPair.consume(`${email} ${from}`);
    await askNetwork.consume(from);
    await askAccount.consume(email);
  });
}

/** Counts a browser that is sent to an identity provider, or comes back from one: who it belongs to is not known yet. */
export async function countSsoAttempt(plane: ControlPlane, address: string): Promise<void> {
  const { network } = limitsOf(plane);
  await unlessTooMany(async () => void (await network.consume(networkOf(address))));
}

/** Forgives what an identity provider's right answer was counted, on the way there and back. */
export async function forgiveSsoAttempt(plane: ControlPlane, address: string): Promise<void> {
  const { network } = limitsOf(plane);
  await network.reward(networkOf(address), 2);
}

/** Counts a try of someone's second factor, from wherever it comes: who tries it knows the password. */
export async function countSecondStep(plane: ControlPlane, personId: string): Promise<void> {
  const { second, secondOfDay } = limitsOf(plane);
  await unlessTooMany(async () => {
    await second.consume(personId);
    await secondOfDay.consume(personId);
  });
}

/** Counts a passkey's challenge that somebody asks for. */
export async function countPasskeyOffer(plane: ControlPlane, address: string): Promise<void> {
  await unlessTooMany(async () => {
    await limitsOf(plane).offer.consume(networkOf(address));
  });
}

/** Counts a link from a message that somebody opens or uses. */
export async function countLinkAttempt(plane: ControlPlane, address: string): Promise<void> {
  await unlessTooMany(async () => void (await limitsOf(plane).link.consume(networkOf(address))));
}

/** Forgives the tries that were counted, after a right one. */
export async function forgiveSecondStep(plane: ControlPlane, personId: string): Promise<void> {
  const { second, secondOfDay } = limitsOf(plane);
  await second.delete(personId);
  await secondOfDay.reward(personId);
}

async function unlessTooMany(count: () => Promise<void>): Promise<void> {
  try {
    await count();
  } catch (rejection) {
    if (!(rejection instanceof RateLimiterRes)) throw rejection;
    const wait = Math.ceil(rejection.msBeforeNext / 60_000);
    throw new Refusal('too-many', `Too many attempts: try again in ${wait} minute${wait === 1 ? '' : 's'}`);
  }
}

/** Forgives what was counted, after a right password. */
export async function forgiveAttempts(plane: ControlPlane, email: string, address: string): Promise<void> {
  const { pair, account, network } = limitsOf(plane);
  await pair.delete(`${email} ${networkOf(address)}`);
  await account.reward(email);
  await network.reward(networkOf(address));
}

/** Forgives the wrong passphrases from one network of who has just chosen a new one. */
export async function forgiveGuesses(plane: ControlPlane, email: string, address: string): Promise<void> {
  await limitsOf(plane).pair.delete(`${email} ${networkOf(address)}`);
}

function limitsOf(plane: ControlPlane) {
  let limits = limitsByPlane.get(plane.db);
  if (!limits) limitsByPlane.set(plane.db, (limits = createLimits(plane.db)));
  return limits;
}

/** An IPv6 network hands a whole /64 to one customer, so all of it counts as one. */
export function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  return parsed.kind() === 'ipv4'
    ? parsed.toString()
    : ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toString()}/64`).toString();
}
