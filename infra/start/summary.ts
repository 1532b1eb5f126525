import type { StartConfig } from './config.js';
import type { Running } from './up.js';

/** What a person needs next: where to look, where to send calls, where the data is. */
export function summary(config: StartConfig, home: string, running: Running, tookMs: number): string {
  const rows = [
    ['Console', config.publicConsoleUrl],
    ['Proxy', `${config.publicProxyUrl}/llm/v1/providers/<name>`],
    ['GraphQL', `http://localhost:${config.ports.control}/graphql`],
    ['Queue', running.stores.queueLabel],
    ['Data and logs', home],
    ...(config.telemetry === null ? [] : [['Telemetry', config.telemetry]]),
  ];
  const lines = rows.map(([label = '', value = '']) => `  ${label.padEnd(14)} ${value}`);
  const setUp = running.setupLink
    ? ['', '  Set up the first account with this link; it works once:', `  ${running.setupLink}`]
    : [];
  const demo = running.demoAdmin
    ? [
        '',
        '  A demo: figures are made up, the upstream is simulated. Sign in as',
        `  ${running.demoAdmin.email}  ${running.demoAdmin.password}`,
      ]
    : [];
  return [
    '',
    `Weir is ready (${(tookMs / 1000).toFixed(1)} s)`,
    '',
    ...lines,
    ...setUp,
    ...demo,
    '',
    '  Ctrl-C stops it.',
    '',
  ].join('\n');
}
