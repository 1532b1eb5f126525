import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const PROGRAMS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** `CHROMIUM_PATH`, or the first Chromium on the PATH. @throws saying how to install one */
function findChromium(): string {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin'].filter(Boolean);
  const candidates = process.env.CHROMIUM_PATH
    ? [process.env.CHROMIUM_PATH]
    : folders.flatMap((folder) => PROGRAMS.map((program) => join(folder, program)));
  const found = candidates.find(isExecutable);
  if (found) return found;
  throw new Error(
    'The browser test needs Chromium and found none. Install it (Debian: apt-get install chromium) or set CHROMIUM_PATH.',
  );
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    // Not there, or not for us: the next candidate is tried.
    return false;
  }
}

export function openChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium(),
    // Its sandbox does not start for root, and /dev/shm is small in containers.
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--force-color-profile=srgb'],
  });
}
