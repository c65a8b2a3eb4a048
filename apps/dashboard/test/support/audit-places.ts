import { choose, type Place, press } from './place.ts';

/** The audit trail and what is kept of it. */
export const auditPlaces: Record<string, Place> = {
  'audit-sinks': { path: '/audit', act: choose(/^Checkpoints/) },
  'audit-retention': {
    path: '/audit',
    act: async (page) => {
      await choose(/^Retention/)(page);
      await page.getByLabel('Keep events').selectOption('for some days');
    },
  },
  'audit-views': { path: '/audit?noun=session&outcome=refused', act: press('Views') },
  'audit-view-save': { path: '/audit?noun=session&outcome=refused&range=day', act: choose(/^Save this view/, 'Views') },
  'audit-views-manage': { path: '/audit', act: choose(/^Manage views/, 'Views') },
};
