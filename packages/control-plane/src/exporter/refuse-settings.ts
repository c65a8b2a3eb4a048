import { Refusal } from '@clawster/domain/refusal';
import type { SignedIn } from '../caller.ts';

/** Refuses an exporter that would send nothing, or what was said for somebody who may not read it. */
export function refuseSettings(
  { permissions }: SignedIn,
  { traces, metrics, withText }: { traces: boolean; metrics: boolean; withText: boolean },
): void {
  if (!traces && !metrics) throw Refusal.at('traces', 'refused', 'Send traces, metrics or both');
  if (withText && !permissions.has('conversation:read'))
    throw Refusal.at('withText', 'forbidden', 'Sending what was said needs the permission conversation:read');
}
