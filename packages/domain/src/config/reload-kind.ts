import type { ReloadKind, ReloadKinds } from '@clawster/contract/openclaw-schema';
import { parseKeyPath, showKeyPath } from '@clawster/contract/key-path';

type Rule = { keys: string[]; kind: ReloadKind; wildcards: number };

/** What a change of this path brings about. The longest prefix that fits decides, of equally long ones that with fewer `*`. */
export function reloadKindOf(keys: readonly string[], kinds: ReloadKinds): ReloadKind {
  // What OpenClaw does with a path that no rule of it knows.
  return rulesOf(kinds).find((rule) => fits(rule, keys))?.kind ?? 'restart';
}

/** The fewest prefixes that say of each recorded path what was recorded. */
export function collapseReloadKinds(recorded: readonly { keys: string[]; kind: ReloadKind }[]): ReloadKinds {
  const ordered = recorded
    .map(({ keys, kind }) => ruleOf(keys, kind))
    .toSorted((one, other) => byPrecedence(other, one));
  const rules: Rule[] = [];
  // Whatever fits a path comes before it in this order, so that a rule once made is never overruled by accident.
  for (const rule of ordered) {
    const said = rules.findLast((shorter) => fits(shorter, rule.keys))?.kind ?? 'restart';
    if (said !== rule.kind) rules.push(rule);
  }
  return Object.fromEntries(rules.map(({ keys, kind }) => [showKeyPath(keys), kind]));
}

const sorted = new WeakMap<ReloadKinds, Rule[]>();

function rulesOf(kinds: ReloadKinds): Rule[] {
  const known = sorted.get(kinds);
  if (known) return known;
  const rules = Object.entries(kinds)
    .map(([path, kind]) => ruleOf(parseKeyPath(path) ?? [], kind))
    .toSorted(byPrecedence);
  sorted.set(kinds, rules);
  return rules;
}

function fits({ keys }: Rule, path: readonly string[]): boolean {
  return keys.length <= path.length && keys.every((key, index) => key === '*' || key === path[index]);
}

function ruleOf(keys: string[], kind: ReloadKind): Rule {
  return { keys, kind, wildcards: keys.filter((key) => key === '*').length };
}

function byPrecedence(one: Rule, other: Rule): number {
  const length = other.keys.length - one.keys.length || one.wildcards - other.wildcards;
  if (length !== 0) return length;
  return showKeyPath(one.keys) < showKeyPath(other.keys) ? -1 : 1;
}
