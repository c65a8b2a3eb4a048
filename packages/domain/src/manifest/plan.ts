import type { Document } from '@clawster/contract/document';
import { type Manifest, manifestKinds, type ManifestStep } from '@clawster/contract/manifest';
import { changesBetween } from '../config/changes-between.ts';
import { Refusal } from '../refusal.ts';

/** A step, with what is there and what is wanted. */
export type PlannedStep = ManifestStep & { current?: Manifest; wanted?: Manifest };
export type Planned = { steps: PlannedStep[]; unchanged: number };

/**
 * What is to be done so that what is there becomes what is wanted. What a manifest does not say stays; with `prune` what
 * no manifest names is deleted. First what others refer to, deletions last and the other way round.
 */
export function planManifests(
  current: readonly Manifest[],
  wanted: readonly Manifest[],
  { prune }: { prune: boolean },
): Planned {
  refuseTwice(wanted);
  const there = new Map(current.map((one) => [keyOf(one), one]));
  const named = new Set(wanted.map(keyOf));
  const steps = wanted.flatMap((one) => stepFor(there.get(keyOf(one)), one) ?? []);
  const gone = prune ? current.filter((one) => !named.has(keyOf(one))) : [];
  const ordered = steps.toSorted((one, other) => rank(one) - rank(other));
  const deletions = gone.map(deletion).toSorted((one, other) => rank(other) - rank(one));
  return { steps: [...ordered, ...deletions], unchanged: wanted.length - steps.length };
}

const rank = ({ kind }: { kind: Manifest['kind'] }) => manifestKinds.indexOf(kind);

/** Names are unique within a kind, in whatever case; of a skill there are versions. */
function keyOf(manifest: Manifest): string {
  const { kind, name } = manifest;
  return `${kind} ${name.toLowerCase()}${kind === 'Skill' ? ` ${manifest.digest ?? ''}` : ''}`;
}

function refuseTwice(wanted: readonly Manifest[]): void {
  const seen = new Set<string>();
  for (const one of wanted) {
    if (seen.has(keyOf(one)))
      throw new Refusal('invalid', `There are two files of the ${one.kind} "${one.name}": keep one`);
    seen.add(keyOf(one));
  }
}

function stepFor(current: Manifest | undefined, wanted: Manifest): PlannedStep | undefined {
  const { kind, name } = wanted;
  if (!current) return { do: 'create', kind, name, wanted, changes: changesBetween({}, said(wanted)) };
  const changes = changesBetween(onlyWhat(said(wanted), said(current)), said(wanted));
  return changes.length === 0 ? undefined : { do: 'update', kind, name, current, wanted, changes };
}

function deletion(current: Manifest): PlannedStep {
  return { do: 'delete', kind: current.kind, name: current.name, current, changes: [] };
}

/** What a manifest says beside what it is. The version of a template follows from its content, the digest of a skill from its files. */
function said(manifest: Manifest): Document {
  if (manifest.kind === 'Skill')
    return { files: { ...manifest.files }, ...(manifest.approved ? { approved: true } : {}) };
  const { kind: _, name: __, version: ___, older: ____, ...rest } = manifest as Unversioned;
  return JSON.parse(JSON.stringify(rest)) as Document;
}

type Unversioned = Exclude<Manifest, { kind: 'Skill' }> & { version?: number; older?: unknown };

/** Of what is there the parts that a manifest speaks of. A template that is named without its version is held to none. */
function onlyWhat(wanted: Document, current: Document): Document {
  const kept = Object.fromEntries(Object.entries(current).filter(([key]) => key in wanted));
  const [use, held] = [wanted['template'], kept['template']];
  if (!isObject(use) || !isObject(held)) return kept;
  return { ...kept, template: Object.fromEntries(Object.entries(held).filter(([key]) => key in use)) };
}

function isObject(value: unknown): value is Document {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
