import type { AuditViewFilter } from '@clawster/contract/audit-view';
import { actorWords, nounWords, outcomeWords, rangeWords } from '../event/event-filter.ts';

/** What a view shows, in a few words. */
export function sayView({ search, actorKind, outcome, noun, range }: AuditViewFilter): string {
  const words = [
    noun && ((nounWords as Record<string, string>)[noun] ?? noun),
    actorKind && `by ${actorWords[actorKind].toLowerCase()}`,
    outcome && outcomeWords[outcome].toLowerCase(),
    range && rangeWords[range].toLowerCase(),
    search && `“${search}”`,
  ];
  return words.filter(Boolean).join(', ') || 'Everything';
}
