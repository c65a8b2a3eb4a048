import type { Json } from '@clawster/contract/document';
import type { Contribution, Explained, LayerRef } from '@clawster/contract/layer';

/** A layer as it is named within a sentence: "the profile Support". */
export function sayLayer({ kind, name }: LayerRef): string {
  if (kind === 'defaults') return 'Clawster’s default';
  if (kind === 'enforced') return 'the baseline';
  return kind === 'own' ? 'the bot itself' : `the ${kind} ${name}`;
}

/** A value on one line; what is not there is said so. */
export function sayValue(value: Json | undefined): string {
  if (value === undefined) return 'nothing';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.replaceAll(pinned, '$1…');
}

/** Of a digest as much as tells versions apart; it stands whole where a value is opened. */
const pinned = /(@sha256:[0-9a-f]{12})[0-9a-f]{52}/g;

/** What decided a value: the last that was said and not blocked. */
export function deciderOf({ contributions }: Explained): Contribution | undefined {
  return contributions.findLast(({ does }) => does !== 'blocked');
}

/** What a layer said of a value, and what came of it. */
export function sayContribution(explained: Explained, contribution: Contribution): { said: string; came: string } {
  return { said: saidBy(contribution), came: whatCame(explained, contribution) };
}

function saidBy({ does, value }: Contribution): string {
  if (does === 'remove' || value === null) return 'takes it away';
  if (does !== 'change') return `says ${sayValue(value)}`;
  const { $add = [], $remove = [] } = value as { $add?: Json[]; $remove?: Json[] };
  const parts = [
    ...($add.length > 0 ? [`adds ${$add.map(sayValue).join(', ')}`] : []),
    ...($remove.length > 0 ? [`takes out ${$remove.map(sayValue).join(', ')}`] : []),
  ];
  return parts.join('; ') || 'changes nothing';
}

function whatCame({ contributions, lockedBy }: Explained, contribution: Contribution): string {
  if (contribution.does === 'blocked')
    return lockedBy ? `in vain: ${sayLayer(lockedBy)} has locked it` : 'in vain: there is another kind of value below';
  const later = contributions.slice(contributions.indexOf(contribution) + 1).filter(({ does }) => does !== 'blocked');
  const over = later.findLast(({ does }) => does !== 'change');
  if (over) return `overruled by ${sayLayer(over.layer)}`;
  return later.length > 0 ? 'a part of it' : 'decides';
}
