// `output: 'standalone'` leaves the static files out, expecting a CDN; one folder that serves itself needs them.
import { cpSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const web = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
cpSync(web('.next/static'), web('.next/standalone/web/.next/static'), { recursive: true });
