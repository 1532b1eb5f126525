import cluster from 'node:cluster';
import { startTelemetry } from '@weir/telemetry';
import { Primary } from './cluster/primary.js';
import { runWorker } from './cluster/worker.js';
import { readConfig, readIdentity } from './config.js';
import { jsonLog } from './log.js';

const log = jsonLog('proxy');

async function main(): Promise<void> {
  const config = readConfig();
  if (!cluster.isPrimary) {
    const identity = readIdentity();
    const instanceId = `${identity.proxyId}-${identity.slot}`;
    const telemetry = await startTelemetry(config.telemetry, { serviceName: 'weir-proxy', instanceId });
    runWorker(config, identity, log, telemetry);
    return;
  }
  // Nothing here sets a prototype by name, so nothing a request holds may either.
  cluster.setupPrimary({ execArgv: [...process.execArgv, '--disable-proto=delete'] });
  const primary = new Primary(config, log);
  process.on('SIGTERM', () => primary.stop());
  process.on('SIGINT', () => primary.stop());
  await primary.start();
}

main().catch((error: Error) => {
  log('error', error.message);
  process.exit(1);
});
