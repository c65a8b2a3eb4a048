import { openRuntimeStore } from '../open-store.ts';

/** A process of its own that installs, so that a test can kill it: `node install.ts <directory> <locks>`. */
const [directory = '', locksDirectory = ''] = process.argv.slice(2);
await openRuntimeStore({ directory, locksDirectory, diskBytesNeeded: 1e6 }).install('2026.9.6');
