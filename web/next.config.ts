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
  // A browser that is led on before it has read a page's icon asks for this one instead.
  rewrites: () => Promise.resolve([{ source: '/favicon.ico', destination: '/icon.svg' }]),
};

export default config;
