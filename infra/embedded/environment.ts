/** Variables that hold a credential or point at one process only; no child gets them unless it is handed them. */
const HANDED_OUT = [
  'WEIR_MASTER_KEY',
  'WEIR_DOOR_TOKEN',
  'WEIR_ADMIN_EMAIL',
  'WEIR_ADMIN_PASSWORD',
  'WEIR_QUEUE_URL',
  'DATABASE_URL',
  'REDIS_URL',
  'CLICKHOUSE_URL',
  'PORT',
  'HOSTNAME',
];

/** The operator's environment without credentials, for processes that get theirs one by one. */
export function withoutCredentials(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !HANDED_OUT.includes(name) && !/^(npm|PG|INIT_CWD$)/.test(name)),
  );
}

/** What a database server needs, and nothing of ours. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, HOME: process.env.HOME, LANG: 'C.UTF-8', TZ: 'UTC' };
}
