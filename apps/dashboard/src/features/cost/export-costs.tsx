import { api, apiPrefix } from '@clawster/contract/api';
import type { Days } from '@clawster/contract/cost';
import { Download } from 'lucide-react';
import { buttonLook } from '../../ui/button-look.ts';

/** All of these days as a file, with the prices it was counted at. */
export function ExportCosts({ days: { from, to }, botId }: { days: Days; botId?: string }) {
  const query = new URLSearchParams({ from, to, ...(botId ? { botId } : {}) });
  return (
    <a href={`${apiPrefix}${api.costs.export.path}?${query}`} download className={buttonLook('quiet')}>
      <Download aria-hidden /> Export as CSV
      <span className="sr-only">: a line for each day, bot, channel and model</span>
    </a>
  );
}
