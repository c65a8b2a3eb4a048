import { randomBytes } from 'node:crypto';
import { createScanner } from '@clawster/link/scan/scanner';
import { fingerprintsOf } from '@clawster/link/secret-fingerprint';
import { measurePairs, summarise } from './support/pairs.ts';

/** How fast bytes are looked through for many secrets at once, over a plain search for one value: see bench/README.md. */
const secrets = Number(process.env['SECRETS'] ?? 200);
const megabytes = Number(process.env['MEGABYTES'] ?? 200);
const pairsCount = Number(process.env['PAIRS'] ?? 9);
const chunkBytes = 256 * 1024;

const salt = randomBytes(32).toString('base64url');
const values = Array.from({ length: secrets }, () => `sk-${randomBytes(24).toString('base64url')}`);
const fingerprints = values.flatMap((value, index) =>
  fingerprintsOf(salt, { secretId: String(index), version: 1, value }),
);
const scanner = createScanner(salt, fingerprints);
const line = () =>
  `${JSON.stringify({ at: new Date().toISOString(), level: 'info', message: 'the gateway says so', id: randomBytes(8).toString('hex') })}\n`;
const chunks = Array.from({ length: 16 }, () =>
  Buffer.from(Array.from({ length: 3_500 }, line).join('')).subarray(0, chunkBytes),
);
const rounds = Math.round((megabytes * 1024 * 1024) / chunkBytes);

const { ratio, quartiles, ours, peer } = summarise(
  await measurePairs(pairsCount, {
    ours: () => rate(scanForAll),
    peer: () => rate(searchForOne),
    async warmUp() {
      scanForAll();
      searchForOne();
    },
  }),
);
const [low, high] = quartiles.map((one) => one.toFixed(3));
console.log(
  `Log lines looked through for ${secrets} secrets (${fingerprints.length} forms), over Buffer.includes of one value:`,
);
console.log(
  `  bytes in a second   ${ratio.toFixed(3)} (${low} to ${high}): ${ours.toFixed(0)} MB/s against ${peer.toFixed(0)} MB/s`,
);

/** Megabytes in a second. */
async function rate(work: () => void): Promise<number> {
  const startedAt = performance.now();
  work();
  return (megabytes * 1000) / (performance.now() - startedAt);
}

function scanForAll(): void {
  const pass = scanner.begin();
  for (let round = 0; round < rounds; round += 1) pass.push(chunks[round % chunks.length] as Buffer);
  if (pass.end().length > 0) throw new Error('Nothing of it is there');
}

function searchForOne(): void {
  const [value = ''] = values;
  for (let round = 0; round < rounds; round += 1)
    if (chunks[round % chunks.length]?.includes(value)) throw new Error('Nothing of it is there');
}
