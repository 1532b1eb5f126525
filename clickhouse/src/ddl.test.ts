import { expect, test } from 'vitest';
import { renderMigration } from './ddl.js';

const TEXT = `
-- a comment; with a semicolon
CREATE TABLE IF NOT EXISTS t{{local}} {{on_cluster}} (a UInt8) -- why
ENGINE = {{SummingMergeTree}} ORDER BY a;
{{#cluster}}
CREATE TABLE t {{on_cluster}} AS t{{local}} ENGINE = Distributed('{{cluster}}', currentDatabase(), t{{local}});
{{/cluster}}`;

test('one server gets plain tables and no Distributed ones', () => {
  const [statement, ...rest] = renderMigration(TEXT, null);
  expect(statement).toMatch(/^CREATE TABLE IF NOT EXISTS t {2}\(a UInt8\)/);
  expect(statement).toContain('ENGINE = SummingMergeTree ORDER BY a');
  expect(rest).toEqual([]);
});

test('a cluster gets replicated local tables and Distributed ones under the plain names', () => {
  const [local, distributed] = renderMigration(TEXT, 'weir');
  expect(local).toContain("t_local ON CLUSTER 'weir' (a UInt8)");
  expect(local).toContain('ENGINE = ReplicatedSummingMergeTree');
  expect(distributed).toBe(
    "CREATE TABLE t ON CLUSTER 'weir' AS t_local ENGINE = Distributed('weir', currentDatabase(), t_local)",
  );
});

test('a misspelt placeholder and a cluster name that could break out of its quotes are refused', () => {
  expect(() => renderMigration('CREATE TABLE {{lokal}}', null)).toThrow('unknown placeholder {{lokal}}');
  expect(() => renderMigration(TEXT, "a' OR '")).toThrow('not a cluster name');
});
