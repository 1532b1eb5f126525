import { isOfDay } from './statement.js';

/**
 * Migration text to statements. The same text serves one server and a cluster:
 *   {{on_cluster}}          nothing, or ON CLUSTER 'name'
 *   {{cluster}}             the name
 *   {{MergeTree}} etc.      MergeTree, or ReplicatedMergeTree (path and replica come from the server's macros)
 *   {{local}}               nothing, or _local: the suffix of the tables that hold the rows
 *   {{day of TABLE}}        left for statement.ts: the statement is run for each day of the table
 *   {{#cluster}}…{{/cluster}}  kept on a cluster only: the Distributed tables that bear the plain names
 */
export function renderMigration(text: string, cluster: string | null): string[] {
  if (cluster !== null && !/^[A-Za-z0-9_]{1,63}$/.test(cluster)) {
    throw new RangeError(`not a cluster name: ${JSON.stringify(cluster)}`);
  }
  const rendered = text
    .replace(/\{\{#cluster\}\}([\s\S]*?)\{\{\/cluster\}\}/g, cluster === null ? '' : '$1')
    .replaceAll('{{on_cluster}}', cluster === null ? '' : `ON CLUSTER '${cluster}'`)
    .replaceAll('{{cluster}}', cluster ?? '')
    .replaceAll('{{local}}', cluster === null ? '' : '_local')
    .replace(/\{\{(\w*MergeTree)\}\}/g, cluster === null ? '$1' : 'Replicated$1');
  const left = Array.from(rendered.matchAll(/\{\{.*?\}\}/g), ([placeholder]) => placeholder).find(
    (one) => !isOfDay(one),
  );
  if (left !== undefined) throw new RangeError(`unknown placeholder ${left}`);
  return rendered
    .replace(/^\s*--.*$/gm, '')
    .split(';')
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');
}
