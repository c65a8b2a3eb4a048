import { randomUUID } from 'node:crypto';
import type { AuditSink, AuditSinkPlace } from '@clawster/contract/audit-sink';
import { ago } from './fleet.ts';
import { Refused } from './refused.ts';
import type { Handler, World } from './world.ts';

export const auditSinkHandlers: Record<string, Handler> = {
  'auditSinks.list': ({ auditSinks }) => ({ items: auditSinks }),
  'auditSinks.create': (world, { name, place }: { name: string; place: AuditSinkPlace }) => {
    const sink: AuditSink = { id: randomUUID(), name, place, createdAt: ago(0), sentNumber: 0 };
    world.auditSinks.push(sink);
    return sink;
  },
  'auditSinks.send': (world, input: { sinkId: string }) => {
    const sink = sinkOf(world, input);
    // Nothing listens at such a host.
    if (JSON.stringify(sink.place).includes('away')) {
      Object.assign(sink, { trouble: 'It could not be reached (ENOTFOUND)', nextTryAt: ago(-60) });
    } else Object.assign(sink, { sentNumber: 12, sentAt: ago(0) });
    return sink;
  },
  'auditSinks.delete': (world, { sinkId }: { sinkId: string }) => {
    world.auditSinks = world.auditSinks.filter(({ id }) => id !== sinkId);
    return {};
  },
};

function sinkOf({ auditSinks }: World, { sinkId }: { sinkId: string }): AuditSink {
  const sink = auditSinks.find(({ id }) => id === sinkId);
  if (!sink) throw new Refused('not-found', 'Checkpoints are sent to no place with this id');
  return sink;
}
