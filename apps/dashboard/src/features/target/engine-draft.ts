import type { CreateTarget } from '@clawster/contract/target';

export type Via = 'socket' | 'tls' | 'ssh';
/** An engine, or a Swarm at one of its managers, as it is filled in. */
export type EngineDraft = Record<
  | 'name'
  | 'path'
  | 'address'
  | 'ca'
  | 'certificate'
  | 'key'
  | 'user'
  | 'fingerprint'
  | 'controlPlaneUrl'
  | 'baseImage'
  | 'image'
  | 'nodeLabel',
  string
> & { kind: 'docker' | 'docker-swarm'; via: Via };

export const noEngine: EngineDraft = {
  name: '',
  kind: 'docker',
  via: 'socket',
  path: '/var/run/docker.sock',
  address: '',
  ca: '',
  certificate: '',
  key: '',
  user: '',
  fingerprint: '',
  controlPlaneUrl: '',
  baseImage: '',
  image: '',
  nodeLabel: '',
};

const usualPort = { tls: 2376, ssh: 22 };

/** What is asked for: of the fields only those of the chosen way. */
export function engineOf(draft: EngineDraft): CreateTarget {
  const { kind, via } = draft;
  const text = (name: 'baseImage' | 'controlPlaneUrl' | 'image' | 'nodeLabel') =>
    draft[name].trim() ? { [name]: draft[name].trim() } : {};
  return {
    kind,
    name: draft.name.trim(),
    connection: connectionOf(draft),
    ...(kind === 'docker' ? text('baseImage') : { ...text('image'), ...text('nodeLabel') }),
    ...(kind === 'docker' && via === 'socket' ? {} : text('controlPlaneUrl')),
  };
}

function connectionOf(draft: EngineDraft): CreateTarget['connection'] {
  const { via, path, address, ca, certificate, key, user, fingerprint } = draft;
  if (via === 'socket') return { via, path: path.trim() };
  const [, host = address.trim(), port = String(usualPort[via])] = /^(.+):(\d+)$/.exec(address.trim()) ?? [];
  const where = { host, port: Number(port), key };
  if (via === 'tls') return { via, ...where, ca, certificate };
  return { via, ...where, user: user.trim(), fingerprint: fingerprint.trim() };
}

/** What is missing before it can be asked. */
export function whyNotYet(draft: EngineDraft): string | undefined {
  if (!draft.name.trim()) return 'Name it, such as Rack in Zurich';
  return whyNotReached(draft) ?? whyNotHome(draft);
}

function whyNotReached(draft: EngineDraft): string | undefined {
  const { via } = draft;
  if (via === 'socket') return draft.path.trim() ? undefined : 'Say where its socket is';
  if (!draft.address.trim()) return 'Enter the name or the address of its machine';
  const texts = via === 'tls' ? [draft.ca, draft.certificate, draft.key] : [draft.key];
  if (!texts.every((text) => text.includes('-----BEGIN'))) return 'Paste the keys and certificates, from -----BEGIN on';
  if (via === 'ssh' && !draft.user.trim()) return 'Say as which user';
  if (via === 'ssh' && !draft.fingerprint.trim()) return 'Give the fingerprint of its key';
  return undefined;
}

function whyNotHome({ kind, via, controlPlaneUrl, image }: EngineDraft): string | undefined {
  if (kind === 'docker' && via === 'socket') return undefined;
  if (!controlPlaneUrl.trim()) return 'Say where its bots reach Clawster';
  return kind === 'docker' || image.trim() ? undefined : 'Name the image its nodes pull, by its digest';
}
