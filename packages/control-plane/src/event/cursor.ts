/** A place in the order of events. A transaction's number comes first: an event's own is given out before its commit. */
export type Cursor = { xid: string; id: number };

export const beginning: Cursor = { xid: '0', id: 0 };

export function formatCursor({ xid, id }: Cursor): string {
  return `${xid}-${id}`;
}

/** The cursor in a text from outside, or undefined when it is none. */
export function parseCursor(text: string): Cursor | undefined {
  const [, xid, id] = /^(\d{1,19})-(\d{1,15})$/.exec(text) ?? [];
  return xid && id ? { xid, id: Number(id) } : undefined;
}

export function isAfter(one: Cursor, other: Cursor): boolean {
  const [oneXid, otherXid] = [BigInt(one.xid), BigInt(other.xid)];
  return oneXid > otherXid || (oneXid === otherXid && one.id > other.id);
}
