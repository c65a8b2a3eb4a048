import type { Document, Json } from '@clawster/contract/document';
import type { Contribution, Explained, LayerRef } from '@clawster/contract/layer';
import { showKeyPath, parseKeyPath } from '@clawster/contract/key-path';

/**
 * One layer of a bot's configuration. What it says is laid over what the layers below say:
 * - an object goes key by key;
 * - a value or a list takes the place of the one below;
 * - `{ $add: […], $remove: […] }` changes the list below: what is there already is not added twice, what is named in both stays;
 * - null takes away what is below, and everything in it.
 * An object does not take the place of a value, nor a value that of an object: that is told, and what was below stays.
 */
export type Layer = {
  ref: LayerRef;
  settings: Document;
  /** Paths that no layer above may change, but the enforced one. */
  locked?: readonly string[];
  /** Takes the place of whatever is below, locked or of another kind. */
  enforced?: boolean;
};

/** What the layers come to. */
export type Merged = {
  value: Document;
  /** Each value that any layer said something of, in the order of the document. */
  explained: Explained[];
  /** Where layers contradict each other in kind. */
  issues: { path: string; message: string; layer: LayerRef }[];
};

type Node = {
  /** Undefined where there is no value: the node leads to others, or was taken away. */
  value: Json | undefined;
  /** All that layers said of this very place, the lowest first. */
  contributions: Contribution[];
  children: Map<string, Node>;
  lockedBy: LayerRef | undefined;
};
type Laying = { layer: Layer; path: string[]; lockedBy: LayerRef | undefined; issues: Merged['issues'] };

/** Lays layers over each other, the lowest first. Pure; the same layers give the same, and a layer laid twice changes nothing. */
export function mergeLayers(layers: readonly Layer[]): Merged {
  const root = emptyNode();
  const issues: Merged['issues'] = [];
  for (const layer of layers) {
    lay(root, layer.settings, { layer, path: [], lockedBy: undefined, issues });
    for (const path of layer.locked ?? []) lock(root, path, layer.ref);
  }
  return { value: (valueOf(root) ?? {}) as Document, explained: explain(root, []), issues };
}

/** Whether this changes a list rather than being one. */
export function isListChange(value: Json): value is { $add?: Json[]; $remove?: Json[] } {
  return isObject(value) && Object.keys(value).some((key) => key.startsWith('$'));
}

export function isObject(value: unknown): value is Document {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function lay(node: Node, value: Json, laying: Laying): void {
  const lockedBy = laying.layer.enforced ? undefined : (laying.lockedBy ?? node.lockedBy);
  const here = { ...laying, lockedBy };
  if (isObject(value) && !isListChange(value) && (Object.keys(value).length > 0 || laying.path.length === 0))
    layObject(node, value, here);
  else if (value === null) takeAway(node, here);
  else layLeaf(node, value, here);
}

function layObject(node: Node, value: Document, laying: Laying): void {
  const { layer, path, lockedBy } = laying;
  if (node.value !== undefined && !isObject(node.value)) {
    if (!layer.enforced && !lockedBy) return clash(node, value, laying);
    if (!lockedBy) unset(node, layer.ref);
  }
  // `{}` stood for the object that is filled now.
  if (!lockedBy) node.value = undefined;
  for (const [key, inner] of Object.entries(value))
    lay(childOf(node, key), inner, { ...laying, path: [...path, key], lockedBy });
}

function layLeaf(node: Node, value: Json, laying: Laying): void {
  const { layer, lockedBy } = laying;
  if (lockedBy) return block(node, value, laying);
  const hasBelow = [...node.children.values()].some(isLive);
  if (hasBelow && isObject(value) && !isListChange(value)) return;
  if (layer.enforced) for (const child of node.children.values()) unsetAll(child, layer.ref);
  else if (hasBelow || !isOfKind(node.value, value)) return clash(node, value, laying);
  const list = Array.isArray(node.value) ? node.value : [];
  node.value = isListChange(value) ? changed(list, value) : value;
  node.contributions.push({ layer: layer.ref, does: isListChange(value) ? 'change' : 'set', value });
}

function takeAway(node: Node, laying: Laying): void {
  const { layer, path, lockedBy } = laying;
  if (lockedBy) return block(node, null, laying);
  if (node.value !== undefined || node.children.size === 0) unset(node, layer.ref);
  for (const [key, child] of node.children) if (isLive(child)) takeAway(child, within(child, laying, [...path, key]));
}

function within(child: Node, laying: Laying, path: string[]): Laying {
  return { ...laying, path, lockedBy: laying.layer.enforced ? undefined : child.lockedBy };
}

function unset(node: Node, layer: LayerRef): void {
  node.value = undefined;
  node.contributions.push({ layer, does: 'remove' });
}

function unsetAll(node: Node, layer: LayerRef): void {
  if (node.value !== undefined) unset(node, layer);
  for (const child of node.children.values()) unsetAll(child, layer);
}

/** Said in vain: someone below has locked it. The same value is no contradiction. */
function block(node: Node, value: Json, { layer, path, lockedBy, issues }: Laying): void {
  if (JSON.stringify(valueOf(node)) === JSON.stringify(value)) return;
  node.contributions.push({ layer: layer.ref, does: 'blocked', value });
  issues.push({
    path: showKeyPath(path),
    message: `${say(lockedBy as LayerRef)} has locked it: ${say(layer.ref)} cannot change it`,
    layer: layer.ref,
  });
}

function clash(node: Node, value: Json, { layer, path, issues }: Laying): void {
  const present = kindOf(valueOf(node) ?? null);
  issues.push({
    path: showKeyPath(path),
    message: `${say(layer.ref)} says ${kindOf(value)} where there is ${present} below: use ${present}, or take it away with null in a layer between`,
    layer: layer.ref,
  });
  node.contributions.push({ layer: layer.ref, does: 'blocked', value });
}

/** A layer as people name it. */
export function say({ kind, name }: LayerRef): string {
  if (kind === 'defaults') return 'Clawster’s default';
  if (kind === 'enforced') return 'The baseline';
  return kind === 'own' ? 'The bot itself' : `The ${kind} "${name}"`;
}

function isOfKind(present: Json | undefined, value: Json): boolean {
  if (present === undefined) return true;
  const isList = Array.isArray(value) || isListChange(value);
  return isList === Array.isArray(present) && (isObject(present) ? isObject(value) && !isListChange(value) : true);
}

function kindOf(value: Json): string {
  if (Array.isArray(value) || isListChange(value)) return 'a list';
  return isObject(value) ? 'an object' : 'a value';
}

function changed(list: Json[], { $add = [], $remove = [] }: { $add?: Json[]; $remove?: Json[] }): Json[] {
  const added = new Set($add.map((item) => JSON.stringify(item)));
  const gone = new Set($remove.map((item) => JSON.stringify(item)).filter((item) => !added.has(item)));
  const left = list.filter((item) => !gone.has(JSON.stringify(item)));
  const there = new Set(left.map((item) => JSON.stringify(item)));
  return [...left, ...$add.filter((item) => !there.has(JSON.stringify(item)) && there.add(JSON.stringify(item)))];
}

function lock(root: Node, text: string, by: LayerRef): void {
  const path = parseKeyPath(text);
  if (!path) return;
  const node = path.reduce(childOf, root);
  node.lockedBy ??= by;
}

function childOf(node: Node, key: string): Node {
  const child = node.children.get(key) ?? emptyNode();
  node.children.set(key, child);
  return child;
}

function emptyNode(): Node {
  return { value: undefined, contributions: [], children: new Map(), lockedBy: undefined };
}

function isLive(node: Node): boolean {
  return node.value !== undefined || [...node.children.values()].some(isLive);
}

function valueOf(node: Node): Json | undefined {
  const inner = [...node.children]
    .map(([key, child]) => [key, valueOf(child)] as const)
    .filter((entry): entry is readonly [string, Json] => entry[1] !== undefined);
  return inner.length > 0 ? (Object.fromEntries(inner) as Document) : node.value;
}

function explain(node: Node, path: string[], lockedBy = node.lockedBy): Explained[] {
  const own: Explained[] =
    node.contributions.length > 0
      ? [
          {
            path: showKeyPath(path),
            ...(node.value === undefined ? {} : { value: node.value }),
            contributions: node.contributions,
            ...(lockedBy ? { lockedBy } : {}),
          },
        ]
      : [];
  return [
    ...own,
    ...[...node.children].flatMap(([key, child]) => explain(child, [...path, key], lockedBy ?? child.lockedBy)),
  ];
}
