import { z } from 'zod';

/** What a bot may take of its host's disk unless told otherwise: an idle one has 60 MB, one with three channels 700 MB. */
export const diskBytesMaxUsual = 5_000_000_000;

/** How much of its host's disk a bot may take, with all its state, files and logs. */
export const DiskBytesMax = z.int().min(1_000_000_000).max(1_000_000_000_000);
