import { spawnSync } from 'node:child_process';

/** Programs that tests need beside what npm brings, and the Debian packages they come in. */
const NEEDED = [
  { label: 'Chromium', programs: ['chromium', 'chromium-browser', 'google-chrome'], debian: 'chromium' },
  { label: 'curl', programs: ['curl'], debian: 'curl' },
  { label: 'a Redis server', programs: ['redis-server', 'valkey-server'], debian: 'redis-server' },
];

function isThere(program: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
}

/** Installs what is missing where this user may, and says what is left for a person to do. @returns false when something is missing */
export function provideTools(say: (line: string) => void): boolean {
  const missing = NEEDED.filter(({ programs }) => !programs.some(isThere));
  if (missing.length === 0) return true;
  const packages = missing.map(({ debian }) => debian);
  const command = `apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  if (process.getuid?.() === 0 && isThere('apt-get')) {
    say(`Installing ${missing.map(({ label }) => label).join(' and ')}: ${command}`);
    const apt = (args: string[]) =>
      spawnSync('apt-get', args, { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, encoding: 'utf8' });
    apt(['update']);
    const { status, stderr } = apt(command.split(' ').slice(1));
    // Debian starts the server it installs; tests run their own.
    if (status === 0) return true;
    say(stderr);
  }
  say(`The tests need ${missing.map(({ label }) => label).join(' and ')}. Install with: sudo ${command}`);
  return false;
}
