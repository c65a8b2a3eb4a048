import { readFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { type ModelPlan, ModelUpstream, planOf } from '@clawster/link/model-plan';
import type { Configure } from '@clawster/link/supervisor-methods';
import type { Host } from '../host.ts';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';

const KnownGood = z.object({
  generation: z.int(),
  document: z.record(z.string(), z.unknown()),
  files: z.record(z.string(), z.string()),
  /** The document names this model. Without its key, which lies on no disk. */
  model: ModelUpstream,
  /** Of the OpenClaw that was well with it; absent from a supervisor of before. */
  runtimeVersion: z.string().optional(),
  /** How long the gateway took to start with it. */
  startMs: z.number(),
});
/** The last configuration with which the gateway was seen to be ready: what a refused one is taken back to. */
export type KnownGood = z.infer<typeof KnownGood>;

export type KnownGoodStore = {
  current(): KnownGood | undefined;
  /** Whether this configuration is the one that is known to be good. */
  isCurrent(wanted: Configure): boolean;
  keep(proven: Configure, startMs?: number): Promise<void>;
};

/** Kept beside the bot, so that it is there after a restart of host and supervisor too. A damaged file is as good as none. */
export async function openKnownGood(file: string, runtimeVersion: string): Promise<KnownGoodStore> {
  let current = await read(file);
  return {
    current: () => current,
    isCurrent: (wanted) => current !== undefined && isSame(current, wanted),
    async keep({ generation, document, files, model }, startMs = current?.startMs ?? 0) {
      const next: KnownGood = { generation, document, files, model: withoutKey(model), runtimeVersion, startMs };
      if (isDeepStrictEqual(next, current)) return;
      current = next;
      // A full disk must not undo what was proven.
      await writeFileAtomic(file, `${JSON.stringify(next)}\n`, { mode: 0o600 }).catch(() => {});
    },
  };
}

/** What is wanted, but with the configuration that is known to be good. Keys, prices and limits are those of today. */
export function withKnownGood(wanted: Configure, good: KnownGood): Configure {
  const today = planOf(wanted.model);
  // The good document names the models of its day: they are served as far as their providers are still attached.
  const models = planOf(good.model).models.flatMap(({ name, upstreams }) => {
    const served = today.models.find((model) => model.name === name)?.upstreams ?? reattached(upstreams, today);
    return served.length > 0 ? [{ name, upstreams: served }] : [];
  });
  const others = today.models.filter(({ name }) => !models.some((model) => model.name === name));
  return { ...wanted, document: good.document, files: good.files, model: { ...today, models: [...models, ...others] } };
}

type Upstreams = ModelPlan['models'][number]['upstreams'];

function reattached(upstreams: Upstreams, today: ModelPlan): Upstreams {
  const attached = today.models.flatMap((model) => model.upstreams);
  return upstreams.flatMap((upstream) => {
    const found = attached.find(
      ({ provider, baseUrl }) => provider === upstream.provider && baseUrl === upstream.baseUrl,
    );
    return found ? [{ ...found, model: upstream.model, price: upstream.price }] : [];
  });
}

/** How long a start may take; undefined for the first with nothing to go back to. A slow machine is no bad configuration. */
export function patience({ knownGood, timing }: Host, wanted: Configure): number | undefined {
  const good = knownGood.current();
  if (!good || knownGood.isCurrent(wanted)) return undefined;
  return Math.max(timing.applyDeadlineMs, 3 * good.startMs);
}

function isSame(good: KnownGood, wanted: Configure): boolean {
  return isDeepStrictEqual([good.document, good.files], [wanted.document, wanted.files]);
}

function withoutKey(upstream: ModelUpstream): ModelPlan {
  const plan = planOf(upstream);
  const models = plan.models.map(({ name, upstreams }) => ({
    name,
    upstreams: upstreams.map((one) => ({ ...one, apiKey: undefined })),
  }));
  return { ...plan, models };
}

async function read(file: string): Promise<KnownGood | undefined> {
  try {
    return KnownGood.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return undefined;
  }
}
