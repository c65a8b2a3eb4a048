import { join } from 'node:path';
import type { NextConfig } from 'next';

const config: NextConfig = {
  output: 'standalone',
  outputFileTracingRoot: join(import.meta.dirname, '../..'),
  turbopack: { root: join(import.meta.dirname, '../..') },
  transpilePackages: ['@clawster/client', '@clawster/contract', '@clawster/domain'],
  // TypeScript 7 has no JavaScript API for Next to call; `pnpm verify` runs tsc over this folder instead.
  typescript: { ignoreBuildErrors: true },
  poweredByHeader: false,
  reactStrictMode: true,
};

export default config;
