import { execFileSync, spawnSync } from 'node:child_process';

/** Who the server runs as when this program is root: PostgreSQL refuses to run as root itself. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

const NAME = 'postgres';

function idOf(flag: '-u' | '-g'): number | null {
  const { status, stdout } = spawnSync('id', [flag, NAME], { encoding: 'utf8' });
  return status === 0 ? Number.parseInt(stdout, 10) : null;
}

/**
 * undefined for an ordinary user, who runs the server as himself. For root: the system user `postgres`, made when absent.
 * @throws when root cannot make the user
 */
export function postgresAccount(say: (line: string) => void): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  if (idOf('-u') === null) {
    say(`Adding the system user "${NAME}", since PostgreSQL refuses to run as root`);
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', NAME]);
  }
  const uid = idOf('-u');
  const gid = idOf('-g');
  if (uid === null || gid === null)
    throw new Error(`the system user "${NAME}" could not be made; run as an ordinary user`);
  return { uid, gid };
}
