import { randomUUID } from 'node:crypto';
import type { AuditView } from '@clawster/contract/audit-view';
import { ago } from './fleet.ts';
import { Refused } from './refused.ts';
import type { Handler, World } from './world.ts';

/** So many events of the stand-in are older than any time one may choose. */
export const oldEvents = 1_200;

export const auditViewHandlers: Record<string, Handler> = {
  'auditViews.list': ({ auditViews }) => ({
    items: auditViews.toSorted((one, two) => one.name.localeCompare(two.name)),
  }),
  'auditViews.create': (world, { name, filter, shared }: Pick<AuditView, 'name' | 'filter' | 'shared'>) => {
    if (world.auditViews.some((view) => view.name === name && view.shared === shared)) {
      const message = `There is a view named ${name} already: choose another name`;
      throw new Refused('conflict', message, [{ path: 'name', message }]);
    }
    const view: AuditView = { id: randomUUID(), name, filter, shared, createdAt: ago(0) };
    world.auditViews.push(view);
    return view;
  },
  'auditViews.update': (world, { viewId, name }: { viewId: string; name?: string }) =>
    Object.assign(viewOf(world, viewId), name === undefined ? {} : { name }),
  'auditViews.delete': (world, { viewId }: { viewId: string }) => {
    world.auditViews = world.auditViews.filter(({ id }) => id !== viewOf(world, viewId).id);
    return {};
  },
  'auditRetention.get': ({ retentionDays: days }, asked: { days?: number }) => ({
    ...(days === undefined ? {} : { days, forgottenUntil: ago(days * 86_400) }),
    due: asked.days === undefined ? 0 : oldEvents,
  }),
  'auditRetention.set': (world, { days }: { days: number | null }) => {
    if (days !== null && days < 30) {
      const message = 'Keep events for 30 days at least, so that nobody takes their traces away';
      throw new Refused('invalid', message, [{ path: 'days', message }]);
    }
    world.retentionDays = days ?? undefined;
    return { ...(days === null ? {} : { days }), due: 0 };
  },
};

function viewOf({ auditViews }: World, viewId: string): AuditView {
  const view = auditViews.find(({ id }) => id === viewId);
  if (!view) throw new Refused('not-found', 'There is no such view among those you see');
  return view;
}

export function someViews(): AuditView[] {
  const view = (name: string, shared: boolean, filter: AuditView['filter']): AuditView => {
    return { id: randomUUID(), name, shared, filter, createdAt: ago(86_400) };
  };
  return [
    view('Refused sign-ins', true, { noun: 'session', outcome: 'refused', range: 'week' }),
    view('By keys today', false, { actorKind: 'api-key', range: 'day' }),
  ];
}
