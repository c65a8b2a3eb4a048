import { giveTraces } from './some-traces.ts';
import { type Place, press } from './place.ts';
import { someExporters, someLinks } from './exporter-handlers.ts';

const filled: Pick<Place, 'before'> = {
  before: (world) => {
    world.exporters = someExporters();
    world.linkOuts = someLinks();
  },
};

export const exporterPlaces: Record<string, Place> = {
  export: { path: '/settings?section=export' },
  'export-some': { path: '/settings?section=export', ...filled },
  'exporter-add': { path: '/settings?section=export', act: press('Add an exporter') },
  'exporter-tested': {
    path: '/settings?section=export',
    ...filled,
    act: async (page) => {
      await page.getByRole('listitem', { name: 'Langfuse' }).getByRole('button', { name: 'Send a test' }).click();
      await page.getByText('It took the trace').waitFor();
    },
  },
  'exporter-delete': {
    path: '/settings?section=export',
    ...filled,
    act: async (page) => {
      await page.getByRole('listitem', { name: 'Collector' }).getByRole('button', { name: 'Manage' }).click();
      await page.getByRole('menuitem', { name: /^Delete/ }).click();
    },
  },
  'link-out-add': { path: '/settings?section=export', act: press('Add a link') },
  'trace-links': {
    path: '/activity/traces/trace-across',
    before: (world) => {
      giveTraces(world);
      world.linkOuts = someLinks();
    },
  },
  'overview-links': { path: '/bots/concierge?tab=overview', ...filled },
};
