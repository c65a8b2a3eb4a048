import type { AuditFinding } from '@clawster/contract/audit';
import { type AuditedEvent, eventText } from './canonical.ts';
import { isAfter, nothingBefore, type Place, type Seal, sealText, statementOf } from './seal.ts';

/** How far a check has come, and what the next seal is measured by. */
export type Checked = {
  number: number;
  hash: string;
  /** Whether the seal before was as it was made, so that the next can be held against it. */
  isSound: boolean;
  lastEvent: number | null;
  /** The place it reached, while it is of this copy's database. */
  last: Place | undefined;
  /** The latest time an event says it happened. */
  latestMs: number;
};

export const nothingChecked: Checked = {
  number: 0,
  hash: nothingBefore,
  isSound: true,
  lastEvent: null,
  last: undefined,
  latestMs: -Infinity,
};

/** What a seal is checked with; the means of cryptography are handed in. */
export type Means = {
  hash: (text: string) => string;
  /** The installation's own key; absent when it is gone, so that nothing can be said about signatures. */
  key: { id: string; isSigned: (statement: string, signature: string) => boolean } | undefined;
  /** This copy of the installation. */
  epoch: number;
  /** Events of this seal and those before it may be gone: a signed mark says so. 0 when none may. */
  forgottenNumber: number;
};

export type FoundEvent = { event: AuditedEvent; xid: string };
type Found = ReadonlyMap<number, FoundEvent>;

/** A transaction lasts seconds: an event that says it happened so much earlier than all around it did not. */
const misdatedMs = 10 * 60_000;

/** Holds one seal, and the events it is about, against the seal before. */
export function checkSeal(
  before: Checked,
  { seal, events }: { seal: Seal; events: Found },
  means: Means,
): { findings: AuditFinding[]; checked: Checked } {
  const ofSeal = checkChain(before, seal, means);
  const walk: Walk = { seal, means, ...startOf(before, seal, means) };
  const ofEvents = seal.eventIds.flatMap((_, index) => checkEvent(walk, events, index) ?? []);
  return {
    findings: [...ofSeal, ...ofEvents],
    checked: {
      number: seal.number,
      hash: seal.hash,
      isSound: ofSeal.length === 0,
      lastEvent: seal.eventIds.at(-1) ?? before.lastEvent,
      last: seal.epoch === means.epoch ? seal.last : undefined,
      latestMs: walk.latestMs,
    },
  };
}

function checkChain(before: Checked, seal: Seal, { hash, key }: Means): AuditFinding[] {
  const findings: AuditFinding[] = [];
  const { number } = seal;
  const first = seal.eventIds[0] ?? null;
  const where = `Seal ${number}, of the events ${first} to ${seal.eventIds.at(-1)},`;
  const isNext = number === before.number + 1;
  if (!isNext)
    findings.push({
      kind: 'seals-missing',
      seal: before.number + 1,
      between: [before.lastEvent, first],
      sentence: `${sealsText(before.number + 1, number - 1)} gone, with what stood between the events ${before.lastEvent ?? 'before all'} and ${first}`,
    });
  else if (before.isSound && seal.previousHash !== before.hash)
    findings.push({
      kind: 'chain-broken',
      seal: number,
      between: [before.lastEvent, first],
      sentence: `${where} does not follow seal ${before.number}: one of them comes from another history`,
    });
  if (hash(sealText(seal)) !== seal.hash)
    findings.push({ kind: 'seal-edited', seal: number, sentence: `${where} was changed after it was signed` });
  if (key && seal.keyId !== key.id)
    findings.push({
      kind: 'key-replaced',
      seal: number,
      sentence: `${where} was signed with the key ${seal.keyId}, which is not this installation's (${key.id})`,
    });
  else if (key && !key.isSigned(statementOf(seal), seal.signature))
    findings.push({
      kind: 'seal-forged',
      seal: number,
      sentence: `${where} does not bear its signature: it, or one of these events, was rewritten without the key`,
    });
  return findings;
}

type Walk = { seal: Seal; means: Means; place: Place | undefined; latestMs: number };

/** In a restored copy events are numbered anew, so that only seals made there can tell their order. */
function startOf(before: Checked, seal: Seal, { epoch }: Means): Pick<Walk, 'place' | 'latestMs'> {
  const place = seal.epoch === epoch ? (before.last ?? { xid: '0', id: 0 }) : undefined;
  return { place, latestMs: before.latestMs };
}

function checkEvent(walk: Walk, events: Found, index: number): AuditFinding | undefined {
  const { seal, means } = walk;
  const id = seal.eventIds[index] as number;
  const found = events.get(id);
  const at = { seal: seal.number, event: id };
  if (!found && seal.number <= means.forgottenNumber) return undefined;
  if (!found) {
    const between: [number | null, number | null] = [
      seal.eventIds[index - 1] ?? null,
      seal.eventIds[index + 1] ?? null,
    ];
    return { kind: 'event-deleted', ...at, between, sentence: `Event ${id}, sealed ${seal.at}, is gone` };
  }
  const { event } = found;
  if (means.hash(eventText(event)) !== seal.eventHashes[index])
    return { kind: 'event-edited', ...at, sentence: `Event ${id} was changed after it was sealed ${seal.at}` };
  const place = { xid: found.xid, id };
  if (walk.place && (!isAfter(place, walk.place) || isAfter(place, seal.last)))
    return { kind: 'event-moved', ...at, sentence: `Event ${id} was moved to another place in the order` };
  if (walk.place) walk.place = place;
  return checkTime(walk, event);
}

function checkTime(walk: Walk, event: AuditedEvent): AuditFinding | undefined {
  const happened = Date.parse(event.at);
  const sealed = Date.parse(walk.seal.at);
  const isLate = happened < walk.latestMs - misdatedMs && happened < sealed - misdatedMs;
  const isEarly = happened > sealed + misdatedMs;
  if (isLate || isEarly)
    return {
      kind: 'event-misdated',
      seal: walk.seal.number,
      event: event.id,
      sentence: `Event ${event.id} says it happened ${event.at}, but was recorded about ${walk.seal.at}: it was put in by hand`,
    };
  walk.latestMs = Math.max(walk.latestMs, happened);
  return undefined;
}

function sealsText(from: number, to: number): string {
  return from === to ? `Seal ${from} is` : `Seals ${from} to ${to} are`;
}
