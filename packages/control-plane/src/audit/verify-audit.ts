import { api } from '@clawster/contract/api';
import type { AuditFinding, AuditVerification } from '@clawster/contract/audit';
import { checkSeal, type Checked, type Means, nothingChecked } from '@clawster/domain/audit/check-seal';
import { isAfter, type Seal } from '@clawster/domain/audit/seal';
import { Refusal } from '@clawster/domain/refusal';
import { getInstallation } from '../installation/installation.queries.ts';
import type { ControlPlane } from '../plane.ts';
import { readAs, streamQuery } from '../query.ts';
import type { Tx } from '../transaction.ts';
import { type AuditKey, lookForAuditKey, sha256 } from './audit-key.ts';
import {
  eventIdsBetween,
  eventsBeyond,
  eventsOf,
  type PlacedEvent,
  sealsAfter,
  type Unsealed,
} from './audit.queries.ts';
import { checkMarks } from './check-marks.ts';
import { checkpointOf } from './get-checkpoint.ts';

/** A page holds at most so many seals, and a seal 500 events: memory stays bounded, however long the trail. */
const sealsMax = 20;
/** In an untouched trail hardly any event lies between those of a page. */
const strayMax = 20_000;
/** More would say no more. */
const toldMax = 100;
const atOnceMax = 2;

/** Checks the caller's whole trail: every seal, every event, their order, and that nothing stands beside them. */
export const verifyAudit = streamQuery(api.audit.verify, ({ plane, caller, signal }) =>
  Promise.resolve(oneOfFew(() => verification(plane, { workspaceId: caller.workspaceId, signal }))),
);

let underWay = 0;

async function* oneOfFew(begin: () => AsyncGenerator<AuditVerification>): AsyncGenerator<AuditVerification> {
  if (underWay >= atOnceMax)
    throw new Refusal('too-many', 'Other verifications are under way on this server: try again when they are done');
  underWay += 1;
  try {
    yield* begin();
  } finally {
    underWay -= 1;
  }
}

type Ask = { workspaceId: string; signal: AbortSignal };

async function* verification(plane: ControlPlane, { workspaceId, signal }: Ask): AsyncGenerator<AuditVerification> {
  const { key, means, findings: atFirst } = await openMeans(plane, workspaceId);
  const walk = new Walk(means);
  let findings = 0;
  const told = (found: AuditFinding[]) =>
    found.filter(() => (findings += 1) <= toldMax).map((one): AuditVerification => ({ type: 'finding', finding: one }));
  yield* told(atFirst);
  let rest: Rest | undefined;
  while (!rest) {
    if (signal.aborted) return;
    const page = await readAs(plane, { workspaceId }, (tx) => walk.next(tx, workspaceId));
    yield* told(walk.check(page));
    if (page.seals.length > 0) yield { type: 'progress', seals: walk.seals, events: walk.events };
    else rest = await readAs(plane, { workspaceId }, (tx) => walk.rest(tx, workspaceId));
  }
  yield* told(rest.findings);
  yield {
    type: 'done',
    sound: findings === 0,
    findings,
    seals: walk.seals,
    events: walk.events,
    forgotten: walk.forgotten,
    unsealed: rest.unsealed,
    ...(key ? { keyId: key.id } : {}),
    ...(walk.end ? { checkpoint: checkpointOf(walk.end, key) } : {}),
  };
}

type Opened = { key: AuditKey | undefined; means: Means; findings: AuditFinding[] };

async function openMeans(plane: ControlPlane, workspaceId: string): Promise<Opened> {
  return readAs(plane, { workspaceId }, async (tx) => {
    const { epoch } = await getInstallation(tx);
    const { key, why } = await lookForAuditKey(tx, plane.keys);
    const isMissing = !key && (await sealsAfter(tx, workspaceId, { number: 0, limit: 1 })).length > 0;
    const marks = await checkMarks(tx, workspaceId, key);
    return {
      key,
      means: { hash: sha256, key, epoch, forgottenNumber: marks.forgottenNumber },
      findings: [...(isMissing ? [keyMissing(why)] : []), ...marks.findings],
    };
  });
}

function keyMissing(why: string): AuditFinding {
  return { kind: 'key-missing', sentence: `The key that signs the trail ${why}: signatures cannot be checked` };
}

type Page = { seals: Seal[]; events: Map<number, PlacedEvent>; ids: number[] };

type Rest = { findings: AuditFinding[]; unsealed: number };

/** What is known on the way from the first seal to the last. */
class Walk {
  seals = 0;
  events = 0;
  forgotten = 0;
  end: Seal | undefined;
  readonly #means: Means;
  #checked: Checked = nothingChecked;
  /** All numbers up to here were looked at. */
  #highest = 0;
  /** Events that no seal was about so far. */
  readonly #stray = new Set<number>();

  constructor(means: Means) {
    this.#means = means;
  }

  async next(tx: Tx, workspaceId: string): Promise<Page> {
    const seals = await sealsAfter(tx, workspaceId, { number: this.#checked.number, limit: sealsMax });
    const sealed = seals.flatMap(({ eventIds }) => eventIds);
    const events = await eventsOf(tx, workspaceId, sealed);
    const upTo = Math.max(this.#highest, ...sealed);
    // A number below the first is no less one that was put in by hand.
    const after = this.#highest === 0 ? Number.MIN_SAFE_INTEGER : this.#highest;
    const ids = upTo > this.#highest ? await eventIdsBetween(tx, workspaceId, { after, upTo, limit: strayMax }) : [];
    this.#highest = upTo;
    return { seals, events: new Map(events.map((placed) => [placed.event.id, placed])), ids };
  }

  check({ seals, events, ids }: Page): AuditFinding[] {
    for (const id of ids) this.#stray.add(id);
    return seals.flatMap((seal) => {
      const { findings, checked } = checkSeal(this.#checked, { seal, events }, this.#means);
      this.#checked = checked;
      this.seals += 1;
      const there = seal.eventIds.filter((id) => events.has(id)).length;
      this.events += there;
      if (seal.number <= this.#means.forgottenNumber) this.forgotten += seal.eventIds.length - there;
      this.end = seal;
      for (const id of seal.eventIds) this.#stray.delete(id);
      return findings;
    });
  }

  /** What stands beside the seals: too new to be sealed, or put in by hand. Undefined when more was sealed meanwhile. */
  async rest(tx: Tx, workspaceId: string): Promise<Rest | undefined> {
    const or = [...this.#stray].slice(0, strayMax);
    const beyond = await eventsBeyond(tx, workspaceId, { after: this.#highest, or, limit: strayMax });
    const more = await sealsAfter(tx, workspaceId, { number: this.#checked.number, limit: 1 });
    if (more.length > 0) return undefined;
    const { last } = this.#checked;
    const isOverdue = (event: Unsealed) => last !== undefined && !isAfter(event, last);
    const waiting = beyond.filter((event) => !isOverdue(event));
    return {
      findings: [...beyond.filter(isOverdue).map(inserted), ...waiting.flatMap(unsealed)],
      unsealed: waiting.length,
    };
  }
}

function inserted({ id, type, at }: Unsealed): AuditFinding {
  const sentence = `Event ${id} (${type}, ${at}) is in no seal, though those after it are: it was put in by hand`;
  return { kind: 'event-inserted', event: id, sentence };
}

function unsealed({ id, type, at, isDue }: Unsealed): AuditFinding[] {
  const sentence = `Event ${id} (${type}, ${at}) was never sealed: its seals were cut off, it was put in by hand, or no server with the role loops runs`;
  return isDue ? [{ kind: 'event-unsealed', event: id, sentence }] : [];
}
