import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface ClickHouseUser {
  readonly name: string;
  readonly password: string;
  readonly grants: readonly string[];
}

const xml = (text: string) =>
  text.replace(/[&<>"]/g, (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[character] ?? '');

function userXml({ name, password, grants }: ClickHouseUser): string {
  const digest = createHash('sha256').update(password).digest('hex');
  return `    <${name}>
      <password_sha256_hex>${digest}</password_sha256_hex>
      <networks><ip>127.0.0.1</ip></networks>
      <profile>default</profile>
      <quota>default</quota>
      <grants>${grants.map((grant) => `<query>${xml(grant)}</query>`).join('')}</grants>
    </${name}>`;
}

/**
 * `default` cannot have a password, because the session that holds the server open uses it. So it may do just what that
 * session does, and its quota of two queries is used up by that session: nobody else gets anything from it.
 */
function usersXml(users: readonly ClickHouseUser[]): string {
  return `<clickhouse>
  <profiles><default><log_queries>0</log_queries></default></profiles>
  <quotas>
    <default/>
    <session><interval><duration>2147483647</duration><queries>2</queries></interval></session>
  </quotas>
  <users>
    <default>
      <password/>
      <networks><ip>127.0.0.1</ip></networks>
      <profile>default</profile>
      <quota>session</quota>
      <grants><query>GRANT SYSTEM LISTEN ON *.*</query><query>GRANT SELECT ON system.numbers</query></grants>
    </default>
${users.map(userXml).join('\n')}
  </users>
</clickhouse>
`;
}

/** Leaves most of the memory to everything else on the machine; writes no log tables, so that idling costs no disk. */
function serverXml(usersFile: string): string {
  return `<clickhouse>
  <users_config>${xml(usersFile)}</users_config>
  <logger><level>warning</level></logger>
  <max_server_memory_usage_to_ram_ratio>0.5</max_server_memory_usage_to_ram_ratio>
  <mark_cache_size>134217728</mark_cache_size>
  <max_concurrent_queries>100</max_concurrent_queries>
</clickhouse>
`;
}

/** @returns the server's configuration file */
export function writeConfig(folder: string, users: readonly ClickHouseUser[]): string {
  const usersFile = join(folder, 'clickhouse-users.xml');
  const serverFile = join(folder, 'clickhouse.xml');
  writeFileSync(usersFile, usersXml(users), { mode: 0o600 });
  writeFileSync(serverFile, serverXml(usersFile), { mode: 0o600 });
  return serverFile;
}
