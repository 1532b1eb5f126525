import { createServer, type Server } from 'node:http';
import type { MetricsState } from '../metrics/metrics.js';
import { renderMetrics } from '../metrics/prometheus.js';
import type { WorkerReport } from './messages.js';

/** The whole cluster, as it stands. */
export interface Overview {
  readonly status: 'starting' | 'no_snapshot' | 'snapshot_too_old' | 'serving' | 'draining';
  readonly proxyId: string;
  readonly processes: number;
  readonly listening: number;
  readonly snapshotVersion: number;
  readonly snapshotAgeMs: number;
  readonly snapshotsRejected: number;
  readonly workerRestarts: number;
  readonly metrics: MetricsState;
  readonly reports: readonly WorkerReport[];
}

/** `/healthz` (alive), `/readyz` (serving) and `/metrics`, for operators only: it listens apart from the calls. */
export function createInternalServer(overview: () => Promise<Overview>): Server {
  return createServer((req, res) => {
    const send = (status: number, type: string, body: string) => {
      res.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' });
      res.end(req.method === 'HEAD' ? undefined : body);
    };
    const json = (status: number, value: object) => send(status, 'application/json', `${JSON.stringify(value)}\n`);
    const answer = async () => {
      const path = req.url?.split('?', 1)[0];
      if (req.method !== 'GET' && req.method !== 'HEAD') return json(405, { error: 'only GET is answered here' });
      if (path === '/healthz') return json(200, { status: 'alive' });
      if (path !== '/readyz' && path !== '/metrics') return json(404, { error: 'see /healthz, /readyz and /metrics' });
      const now = await overview();
      if (path === '/metrics') return send(200, 'text/plain; version=0.0.4; charset=utf-8', renderMetrics(now));
      const { status, proxyId, processes, listening, snapshotVersion, snapshotAgeMs } = now;
      const shown = { status, proxyId, processes, listening, snapshotVersion, snapshotAgeMs };
      return json(status === 'serving' ? 200 : 503, shown);
    };
    answer().catch(() => res.destroy());
  });
}
