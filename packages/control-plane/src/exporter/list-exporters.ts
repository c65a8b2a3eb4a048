import { api } from '@clawster/contract/api';
import { isVisible } from '../is-visible.ts';
import { query } from '../query.ts';
import { selectExporters, toExporter } from './exporter.queries.ts';

/** What is sent elsewhere, by name; no header is in it. */
export const listExporters = query(api.exporters.list, async ({ tx }) => {
  const rows = await selectExporters(tx).where(isVisible('exporter')).orderBy('name').orderBy('id').execute();
  return { items: rows.map(toExporter) };
});
