'use client';

import { useHydrated } from '../../lib/use-hydrated.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Card } from '../../ui/page.tsx';

/** How Prometheus reads the workspace's figures, to be copied. */
export function PrometheusCard() {
  const isHydrated = useHydrated();
  const text = scrapeConfig(isHydrated ? window.location : { protocol: 'https:', host: 'clawster.example.com' });
  return (
    <Card title="Prometheus" actions={<CopyButton text={() => text} />}>
      <p className="mb-3 max-w-prose text-sm text-muted">
        Prometheus reads phases, turns, tools, tokens, cost and durations of the bots a key sees. Make an API key with
        the permission telemetry:read alone, and keep it in the file named here.
      </p>
      {/* Scrolled by keys too, as everything that scrolls. */}
      <pre
        tabIndex={0}
        aria-label="A scrape configuration"
        className="overflow-x-auto rounded-md border border-line bg-bg p-3 font-mono text-xs"
      >
        {text}
      </pre>
    </Card>
  );
}

function scrapeConfig({ protocol, host }: { protocol: string; host: string }): string {
  return `scrape_configs:
  - job_name: clawster
    scheme: ${protocol.replace(':', '')}
    metrics_path: /api/v1/metrics/prometheus
    authorization:
      credentials_file: /etc/prometheus/clawster-key
    static_configs:
      - targets: ['${host}']
`;
}
