import { fileURLToPath } from 'node:url';
import type { NextConfig } from 'next';

const repositoryRoot = fileURLToPath(new URL('..', import.meta.url));

const config: NextConfig = {
  output: 'standalone',
  outputFileTracingRoot: repositoryRoot,
  turbopack: { root: repositoryRoot },
  poweredByHeader: false,
  images: { unoptimized: true },
  // `npm run verify` and `npm test` check types; whoever starts Weir for the first time does not wait for it.
  typescript: { tsconfigPath: 'tsconfig.json', ignoreBuildErrors: true },
  devIndicators: false,
};

export default config;
