import { randomBytes } from 'node:crypto';
import { Refusal } from '@clawster/domain/refusal';
import { hash, verify } from '@node-rs/argon2';
import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';

/** OWASP's first choice: argon2id (the library's default) with 19 MiB, two passes, one lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/** Out of 4: "safely unguessable", beyond 10^8 guesses. */
const strengthMin = 3;

export function hashPassword(password: string): Promise<string> {
  return hash(password, cost);
}

/** Whether this is the password; takes as long when there is no such account, or it has none, so that the time tells nothing. */
export async function isPassword(password: string, stored: string | null | undefined): Promise<boolean> {
  const matches = await verify(stored ?? (await decoy()), password);
  return matches && typeof stored === 'string';
}

let made: Promise<string> | undefined;
function decoy(): Promise<string> {
  return (made ??= hashPassword(randomBytes(32).toString('base64')));
}

/** Why a password is easily guessed, long as it may be, or undefined when it is not; `about` is what a guesser knows of its owner. */
export function whyGuessable(password: string, about: string[]): string | undefined {
  const words = about.flatMap((text) => [text, ...text.split(/[^\p{L}\p{N}]+/u)]).filter((word) => word.length > 2);
  const { score } = meter().check(password, ['clawster', 'openclaw', ...words]);
  return score >= strengthMin
    ? undefined
    : 'This password is easily guessed: use four or five unrelated words, and neither your name nor a well-known phrase';
}

/** Refuses a password that is easily guessed, at its field. */
export function refuseGuessable(password: string, about: string[], field = 'password'): void {
  const message = whyGuessable(password, about);
  if (message) throw Refusal.at(field, 'invalid', message);
}

let loaded: ZxcvbnFactory | undefined;
/** Made when first used: its word lists take megabytes that a server which is set up never needs. */
function meter(): ZxcvbnFactory {
  return (loaded ??= new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs }));
}
