import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { eventText } from '@clawster/domain/audit/canonical';
import { type Seal, sealText, statementOf } from '@clawster/domain/audit/seal';
import { readAs } from '../../query.ts';
import { sha256 } from '../audit-key.ts';
import { eventsOf, sealsAfter } from '../audit.queries.ts';
import type { Trail } from './trail.ts';

type Rewriting = {
  /** Whether the seal's hash is made to fit; else that of the event alone. */
  seal?: boolean;
  /** Whether the seals after it are made to fit, too. */
  onwards?: boolean;
  /** A signature of another key, under our key's name or its own. */
  sign?: 'ours' | 'theirs';
};

/** Someone who may write whatever they like and knows this code, but does not have the key. */
export type Forger = {
  /** Edits the first event of a seal, and the seal with it. */
  rewrite(number: number, how?: Rewriting): Promise<void>;
  /** Takes a seal with its events out and closes the gap. */
  leaveOut(number: number): Promise<void>;
  /** Adds an event with a seal of one's own. */
  append(): Promise<void>;
};

export function forge(trail: Trail, workspaceId: string): Forger {
  const { attack } = trail;
  const seals = () =>
    readAs(trail.plane, { workspaceId }, (tx) => sealsAfter(tx, workspaceId, { number: 0, limit: 100 }));
  const eventHashesOf = async ({ eventIds }: Seal) => {
    const events = await readAs(trail.plane, { workspaceId }, (tx) => eventsOf(tx, workspaceId, eventIds));
    const byId = new Map(events.map(({ event }) => [event.id, event]));
    return eventIds.map((id) => sha256(eventText(byId.get(id) as never)));
  };
  const write = async (seal: Seal, number = seal.number) => {
    const bytes = (hex: string) => Buffer.from(hex, 'hex');
    await attack(
      `update audit_seal set number = $3, event_hashes = $4, previous_hash = $5, hash = $6, key_id = $7, signature = $8
       where workspace_id = $1 and number = $2`,
      [
        workspaceId,
        number,
        seal.number,
        bytes(seal.eventHashes.join('')),
        bytes(seal.previousHash),
        bytes(seal.hash),
        seal.keyId,
        Buffer.from(seal.signature, 'base64url'),
      ],
    );
  };
  return {
    async rewrite(number, { seal = true, onwards = false, sign: as } = {}) {
      const all = await seals();
      const edited = all[number - 1] as Seal;
      await attack("update event set subject_name = 'forged' where id = $1", [edited.eventIds[0]]);
      edited.eventHashes = await eventHashesOf(edited);
      let before = edited.previousHash;
      for (const one of all.slice(number - 1, onwards ? undefined : number)) {
        const fitted = seal ? fit(one, before) : one;
        before = fitted.hash;
        await write(as ? signed(fitted, as) : fitted);
      }
    },
    async leaveOut(number) {
      const all = await seals();
      await attack('delete from event where id = any($1::bigint[])', [all[number - 1]?.eventIds]);
      await attack('delete from audit_seal where workspace_id = $1 and number = $2', [workspaceId, number]);
      let before = all[number - 2]?.hash ?? '';
      for (const one of all.slice(number)) {
        const fitted = fit({ ...one, number: one.number - 1 }, before);
        before = fitted.hash;
        await write(fitted, one.number);
      }
    },
    async append() {
      const last = (await seals()).at(-1) as Seal;
      await attack(
        `with event as (insert into event (workspace_id, type, actor) values ($1, 'bot-started', '{}') returning id, xid)
         insert into audit_seal select workspace_id, number + 1, now(), epoch, event.xid::text::bigint, event.id, array[event.id], '', hash, '', key_id, signature
         from audit_seal, event where workspace_id = $1 and number = $2`,
        [workspaceId, last.number],
      );
      const added = (await seals()).at(-1) as Seal;
      added.eventHashes = await eventHashesOf(added);
      await write(signed(fit(added, last.hash), 'ours'));
    },
  };
}

function fit(seal: Seal, previousHash: string): Seal {
  const content = { ...seal, previousHash };
  return { ...content, hash: sha256(sealText(content)) };
}

const { privateKey, publicKey } = generateKeyPairSync('ed25519');

function signed(seal: Seal, as: 'ours' | 'theirs'): Seal {
  const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
  const own = `ed25519:${createHash('sha256').update(raw).digest('hex').slice(0, 32)}`;
  return {
    ...seal,
    keyId: as === 'ours' ? seal.keyId : own,
    signature: sign(null, Buffer.from(statementOf(seal)), privateKey).toString('base64url'),
  };
}
