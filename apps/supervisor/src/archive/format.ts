import { z } from 'zod';

/** The folders of a bot that are its state; all else in its folder is made anew or belongs to this host alone. */
export const stateFolders = ['state', 'workspace'] as const;

/** The first entry of an archive: whether this supervisor can read it. */
export const manifestName = 'manifest.json';
export const Manifest = z.object({
  format: z.literal(1, 'The archive was made by a newer Clawster: update this one'),
  /** The OpenClaw whose state it is; absent for a bot that was given its state and never started. */
  runtimeVersion: z.string().optional(),
  madeAt: z.string(),
});
export type Manifest = z.infer<typeof Manifest>;

/** The last entry: an archive without it was cut short. */
export const countsName = 'counts.json';
export const Counts = z.object({
  files: z.int(),
  folders: z.int(),
  bytes: z.int(),
  /** Links, sockets and the like, which are not taken along. */
  leftOut: z.int(),
});
export type Counts = z.infer<typeof Counts>;

/**
 * What an archive may hold at most. A bot's files shrink to a third, zeros to a ten-thousandth: beyond the first
 * 64 MB, whatever grows more than five-hundredfold was made to fill a disk.
 */
export const limits = {
  bytesMax: 200e9,
  entriesMax: 2_000_000,
  pathBytesMax: 2_000,
  ratioFromBytes: 64e6,
  ratioMax: 500,
};

/** Why an archive was not made or not taken, in a sentence for people. */
export class ArchiveRefused extends Error {}

/** There is nothing to put into an archive: the bot was never started here. */
export class NothingToExport extends Error {}
