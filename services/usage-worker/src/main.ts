import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { newId, WeirError } from '@weir/contracts';
import { startTelemetry } from '@weir/telemetry';
import { readConfig } from './config.js';
import { jsonLog } from './log.js';
import { UsageWorker } from './worker.js';
import { workerModule } from './worker.module.js';

/** For a collector to take what is left. */
const TELL_LAST_MS = 2_000;

async function main(): Promise<void> {
  const config = readConfig();
  const telemetry = await startTelemetry(config.telemetry, { serviceName: 'weir-usage-worker', instanceId: newId() });
  const app = await NestFactory.createApplicationContext(workerModule(config, jsonLog, telemetry), { logger: false });
  const worker = app.get(UsageWorker);
  let leaving = false;
  const leave = async (exitCode: number, reason: string) => {
    if (leaving) process.exit(exitCode);
    leaving = true;
    jsonLog('info', `stops: ${reason}`);
    // A dependency that hangs must not keep the process from ending.
    setTimeout(() => process.exit(exitCode), 15_000).unref();
    await worker.stop().catch((error: unknown) => jsonLog('error', `while stopping: ${(error as Error).message}`));
    await app.close();
    await telemetry?.stop(TELL_LAST_MS);
    process.exit(exitCode);
  };
  process.on('SIGTERM', () => void leave(0, 'SIGTERM'));
  process.on('SIGINT', () => void leave(0, 'SIGINT'));
  void worker.stuck.promise.then((reason) => leave(1, reason));
  try {
    await worker.start();
  } catch (error) {
    if (!leaving) {
      jsonLog('error', (error as Error).message, { code: error instanceof WeirError ? error.code : 'UNEXPECTED' });
      await leave(1, 'cannot start');
    }
  }
}

main().catch((error: unknown) => {
  jsonLog('error', (error as Error).message, { code: error instanceof WeirError ? error.code : 'UNEXPECTED' });
  process.exit(1);
});
