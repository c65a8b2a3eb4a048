import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type AuditedEvent, eventText } from './canonical.ts';
import { type Checked, checkSeal, type FoundEvent, type Means, nothingChecked } from './check-seal.ts';
import { isAfter, type Seal, sealAfter, sealText, statementOf } from './seal.ts';

const hash = (text: string) => createHash('sha256').update(text).digest('hex');
/** Stands for a signature: who does not know the secret cannot make it. */
const sign = (statement: string) => hash(`secret ${statement}`);
const means: Means = {
  hash,
  epoch: 1,
  forgottenNumber: 0,
  key: { id: 'ours', isSigned: (statement, signature) => sign(statement) === signature },
};

type Trail = { seals: Seal[]; events: Map<number, FoundEvent> };

/** A trail of so many events in each seal. */
function trailOf(sizes: number[]): Trail {
  const trail: Trail = { seals: [], events: new Map() };
  let id = 0;
  for (const size of sizes) {
    const sealed = Array.from({ length: size }, () => eventOf((id += 1)));
    for (const event of sealed) trail.events.set(event.id, { event, xid: String(1_000 + event.id) });
    const content = sealAfter(trail.seals.at(-1), {
      workspaceId: 'w',
      at: new Date(Date.UTC(2026, 0, 1, 0, 0, id + 1)).toISOString(),
      epoch: 1,
      last: { xid: String(1_000 + id), id },
      eventIds: sealed.map((event) => event.id),
      eventHashes: sealed.map((event) => hash(eventText(event))),
    });
    const named = { ...content, hash: hash(sealText(content)), keyId: 'ours' };
    trail.seals.push({ ...named, signature: sign(statementOf(named)) });
  }
  return trail;
}

const eventOf = (id: number): AuditedEvent => ({
  id,
  workspaceId: 'w',
  at: new Date(Date.UTC(2026, 0, 1, 0, 0, id)).toISOString(),
  type: 'bot-updated',
  actor: { kind: 'system', job: 'test' },
  onBehalfOf: null,
  origin: null,
  subjectId: null,
  subjectName: `bot ${id}`,
  detail: {},
});

function check({ seals, events }: Trail) {
  let checked: Checked = nothingChecked;
  return seals.flatMap((seal) => {
    const step = checkSeal(checked, { seal, events }, means);
    checked = step.checked;
    return step.findings;
  });
}

const anyTrail = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 2, maxLength: 8 }).map(trailOf);
const anyFraction = fc.double({ min: 0, max: 0.999_999, noNaN: true });
const pick = <Item>(items: Item[], fraction: number) => items[Math.floor(items.length * fraction)] as Item;

test('nothing is found in a trail as it was made', () =>
  fc.assert(
    fc.property(anyTrail, (trail) => {
      expect(check(trail)).toEqual([]);
    }),
  ));

test('an event that was edited is found, and nothing else', () =>
  fc.assert(
    fc.property(anyTrail, anyFraction, (trail, where) => {
      const { event } = pick([...trail.events.values()], where);
      event.subjectName = 'forged';
      expect(check(trail)).toMatchObject([{ kind: 'event-edited', event: event.id }]);
    }),
  ));

test('an event that is gone is found, and nothing else', () =>
  fc.assert(
    fc.property(anyTrail, anyFraction, (trail, where) => {
      const id = pick([...trail.events.keys()], where);
      trail.events.delete(id);
      expect(check(trail)).toMatchObject([{ kind: 'event-deleted', event: id }]);
    }),
  ));

test('an event that takes the place of another in the order is found', () =>
  fc.assert(
    fc.property(anyTrail, anyFraction, anyFraction, (trail, one, other) => {
      const events = [...trail.events.values()];
      const [first, second] = [pick(events, one), pick(events, other)];
      fc.pre(first !== second);
      [first.xid, second.xid] = [second.xid, first.xid];
      expect(check(trail).map(({ kind }) => kind)).toContain('event-moved');
    }),
  ));

test('seals that are gone are found, with the events between which they were', () =>
  fc.assert(
    fc.property(anyTrail, anyFraction, (trail, where) => {
      const index = Math.floor((trail.seals.length - 1) * where);
      const [gone] = trail.seals.splice(index, 1);
      expect(check(trail)).toMatchObject([
        {
          kind: 'seals-missing',
          seal: gone?.number,
          between: [trail.seals[index - 1]?.eventIds.at(-1) ?? null, trail.seals[index]?.eventIds[0]],
        },
      ]);
    }),
  ));

/** Makes everything fit from a seal on but the signatures, which needs no key. */
function refit(trail: Trail, from: number): void {
  for (const [index, seal] of trail.seals.entries()) {
    if (index < from) continue;
    seal.previousHash = trail.seals[index - 1]?.hash ?? seal.previousHash;
    seal.eventHashes = seal.eventIds.map((id) => hash(eventText(trail.events.get(id)?.event as AuditedEvent)));
    seal.hash = hash(sealText(seal));
  }
}

test('what was rewritten without the key is found from the first seal on that it touches', () =>
  fc.assert(
    fc.property(anyTrail, anyFraction, (trail, where) => {
      const seal = pick(trail.seals, where);
      (trail.events.get(seal.eventIds[0] as number) as FoundEvent).event.type = 'bot-created';
      refit(trail, seal.number - 1);
      expect(check(trail)[0]).toMatchObject({ kind: 'seal-forged', seal: seal.number });
    }),
  ));

test('a seal from another history of the same installation is found, though it was signed', () => {
  const [trail, other] = [trailOf([2, 2, 2]), trailOf([2, 2, 2])];
  const seal = other.seals[1] as Seal;
  seal.previousHash = hash('another history');
  seal.hash = hash(sealText(seal));
  seal.signature = sign(statementOf(seal));
  trail.seals[1] = seal;
  expect(check(trail)).toMatchObject([{ kind: 'chain-broken', seal: 2 }]);
});

test('a place is after another by its transaction first, however many digits it has', () => {
  expect(isAfter({ xid: '10', id: 1 }, { xid: '9', id: 2 })).toBe(true);
  expect(isAfter({ xid: '9', id: 2 }, { xid: '9', id: 2 })).toBe(false);
  expect(isAfter({ xid: '9', id: 3 }, { xid: '9', id: 2 })).toBe(true);
});
