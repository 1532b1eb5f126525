const QUERY =
  'query($range: TimeRange!) { usageBreakdown(range: $range, groupBy: model) { key totals { spend calls totalTokens unpricedCalls } } }';

/**
 * Spend by model of the running month, ready to be pasted into a shell.
 * @param consoleOrigin `https://weir.example.com`; it passes the question on to the control plane
 */
export function curlExample(consoleOrigin: string, now: Date): string {
  const from = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1));
  const to = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1));
  const body = JSON.stringify({
    query: QUERY,
    variables: { range: { from: from.toISOString(), to: to.toISOString() } },
  });
  return [
    `curl -sS ${consoleOrigin}/graphql \\`,
    `  -H "Authorization: Bearer $WEIR_READ_TOKEN" \\`,
    `  -H 'content-type: application/json' -H 'x-requested-by: curl' \\`,
    `  -d '${body}'`,
  ].join('\n');
}
