import { canonicalText } from './canonical.ts';

/** A place in the order of one database's events. */
export type Place = { xid: string; id: number };

/** What a seal is about: the next events of a workspace, in their order, and the seal before it. Hashes are hexadecimal. */
export type SealContent = {
  workspaceId: string;
  number: number;
  at: string;
  /** The copy of the installation that sealed: `last` is a place in its database alone. */
  epoch: number;
  last: Place;
  eventIds: number[];
  eventHashes: string[];
  previousHash: string;
};

export type Seal = SealContent & {
  /** SHA-256 of the content's text. */
  hash: string;
  keyId: string;
  /** Ed25519 of the statement, in base64url. */
  signature: string;
};

/** What the first seal of a workspace follows. */
export const nothingBefore = '0'.repeat(64);

/** What comes next in the chain. */
export function sealAfter(
  before: Pick<Seal, 'number' | 'hash'> | undefined,
  facts: Omit<SealContent, 'number' | 'previousHash'>,
): SealContent {
  return { ...facts, number: (before?.number ?? 0) + 1, previousHash: before?.hash ?? nothingBefore };
}

/** The text whose hash is the seal's, and so the chain's, up to here. */
export function sealText(content: SealContent): string {
  const { workspaceId, number, at, epoch, last, eventIds, eventHashes, previousHash } = content;
  return canonicalText({
    version: 'clawster-seal-1',
    workspaceId,
    number,
    at,
    epoch,
    last,
    eventIds,
    eventHashes,
    previousHash,
  });
}

/** What is signed: short enough to be kept outside and checked there without the events. */
export function statementOf({ workspaceId, number, hash }: Pick<Seal, 'workspaceId' | 'number' | 'hash'>): string {
  return `clawster-audit-1\n${workspaceId}\n${number}\n${hash}\n`;
}

/** Whether one place comes after another. */
export function isAfter(one: Place, other: Place): boolean {
  const [oneXid, otherXid] = [BigInt(one.xid), BigInt(other.xid)];
  return oneXid > otherXid || (oneXid === otherXid && one.id > other.id);
}
