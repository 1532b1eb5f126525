// Prints random credentials for docker-compose.yml: node infra/docker/make-env.mjs > .env
import { hkdfSync, randomBytes } from 'node:crypto';

const password = () => randomBytes(24).toString('hex');
const masterKey = randomBytes(32);
// The same derivation as packages/contracts/src/master-key.ts; a worker gets the door's token and never the key itself.
const doorToken = Buffer.from(hkdfSync('sha256', masterKey, 'weir', 'door/v1', 32)).toString('base64url');

process.stdout.write(`# Keep this file: without WEIR_MASTER_KEY no stored secret can be opened again.
WEIR_MASTER_KEY=${masterKey.toString('base64')}
WEIR_DOOR_TOKEN=${doorToken}
POSTGRES_PASSWORD=${password()}
REDIS_PASSWORD=${password()}
CLICKHOUSE_PASSWORD=${password()}
CLICKHOUSE_READER_PASSWORD=${password()}
`);
