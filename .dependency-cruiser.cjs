/** Imports go one way: contracts <- providers, pricing, queue <- services; web imports no server code. */
const service = (name) => `^services/${name}/`;
const only = (name, from, allowed) => ({
  name,
  severity: 'error',
  from: { path: from },
  to: { path: '^(packages|services|clickhouse|prisma|infra|web)/', pathNot: [from, ...allowed] },
});
module.exports = {
  forbidden: [
    // A cycle of types alone is gone once compiled.
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    only('contracts-import-nothing', '^packages/contracts/', []),
    only('providers-import-contracts', '^packages/providers/', ['^packages/contracts/']),
    only('credentials-imports', '^packages/credentials/', ['^packages/(contracts|providers)/']),
    only('pricing-imports-contracts', '^packages/pricing/', ['^packages/contracts/']),
    only('snippets-import-nothing', '^packages/snippets/', []),
    only('transcripts-imports', '^packages/transcripts/', ['^packages/(contracts|providers)/']),
    only('telemetry-imports-contracts', '^packages/telemetry/', ['^packages/contracts/']),
    only('queue-imports-contracts', '^packages/queue/', ['^packages/contracts/']),
    only('clickhouse-imports-contracts', '^clickhouse/', ['^packages/contracts/']),
    only('prisma-imports-nothing', '^prisma/', []),
    only('proxy-imports', service('proxy'), [
      '^packages/(contracts|credentials|pricing|providers|queue|telemetry|transcripts)/',
    ]),
    only('worker-imports', service('usage-worker'), [
      '^packages/(contracts|pricing|queue|telemetry|transcripts)/',
      '^clickhouse/',
    ]),
    only('control-plane-imports', service('control-plane'), [
      '^packages/(contracts|credentials|providers|pricing|telemetry|transcripts)/',
      '^clickhouse/',
      '^prisma/',
    ]),
    only('web-imports-no-server-code', '^web/', ['^packages/snippets/']),
    {
      name: 'only-the-worker-writes-clickhouse',
      severity: 'error',
      from: { path: '^services/control-plane/' },
      to: { path: '^clickhouse/(src|dist)/tables/' },
    },
    {
      name: 'credentials-go-out-by-their-hosts-door',
      severity: 'error',
      from: { path: '^packages/credentials/src/', pathNot: '\\.test\\.ts$' },
      to: { path: '(^|/)(undici|http|https|http2|net|tls)(/|$)', dependencyTypesNot: ['type-only', 'local'] },
    },
    {
      name: 'one-outbound-door-in-the-proxy',
      severity: 'error',
      from: { path: '^services/proxy/src/', pathNot: ['^services/proxy/src/(upstream|snapshot)/', '\\.test\\.ts$'] },
      to: { path: '(^|/)undici(/|$)', dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(generated|/dist/|\\.next)' },
    tsPreCompilationDeps: true,
    // Names a package's sources: an edge into its dist folder would be excluded, and with it every broken rule.
    tsConfig: { fileName: 'tsconfig.imports.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['types', 'import', 'default'] },
  },
};
