import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deriveMasterKey } from '@weir/contracts';
import type { Home } from '../embedded/home.js';

export class MasterKeyRefused extends Error {
  readonly code = 'MASTER_KEY_REFUSED';
}

/**
 * The key that seals every stored secret: the one given, or the one in `keys/master.key`, made at the first start. Its
 * id is kept beside it, so that another key is noticed before it can be used on data it does not open.
 * @returns 32 bytes in base64
 * @throws MasterKeyRefused when data exists and its key is missing or another; WeirError `MASTER_KEY_INVALID`
 */
export function masterKey(home: Home, given: string | undefined, hasData: boolean): string {
  const keyFile = join(home.keys, 'master.key');
  const idFile = join(home.keys, 'master.id');
  const stored = existsSync(keyFile) ? readFileSync(keyFile, 'utf8').trim() : undefined;
  const knownId = existsSync(idFile) ? readFileSync(idFile, 'utf8').trim() : undefined;
  const key = given?.trim() || stored;
  if (!key && (hasData || knownId)) {
    throw new MasterKeyRefused(
      `${home.root} holds data, but its master key is missing. Put it back as ${keyFile} or set WEIR_MASTER_KEY; a new key could not open the stored secrets.`,
    );
  }
  const chosen = key ?? randomBytes(32).toString('base64');
  const { keyId } = deriveMasterKey(chosen);
  if (knownId !== undefined && knownId !== keyId) {
    const source = given ? 'WEIR_MASTER_KEY' : keyFile;
    throw new MasterKeyRefused(
      `${source} is another key than the one the data in ${home.root} was sealed with (${knownId}).`,
    );
  }
  if (!key) writeFileSync(keyFile, `${chosen}\n`, { mode: 0o600, flag: 'wx' });
  if (knownId === undefined) writeFileSync(idFile, `${keyId}\n`, { mode: 0o600 });
  return chosen;
}
