import type { Exporter } from '@clawster/contract/exporter';

/** What the form holds, as it is typed. */
export type ExporterDraft = {
  name: string;
  endpoint: string;
  traces: boolean;
  metrics: boolean;
  withText: boolean;
  percent: string;
  headers: string;
  /** A secret that is kept; empty: as they are entered. */
  headersSecretId: string;
};

export function draftOf(exporter: Exporter | undefined): ExporterDraft {
  const { name = '', endpoint = '', traces = true, metrics = true, withText = false, percent = 100 } = exporter ?? {};
  return { name, endpoint, traces, metrics, withText, percent: String(percent), headers: '', headersSecretId: '' };
}

/** As the server takes it: headers that were not entered are left as they are. */
export function inputOf({ percent, headers, headersSecretId, ...rest }: ExporterDraft) {
  return {
    ...rest,
    percent: Number(percent),
    ...(headersSecretId ? { headersSecretId } : headers.trim() ? { headers } : {}),
  };
}
