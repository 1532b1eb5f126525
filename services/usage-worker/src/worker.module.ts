import { type DynamicModule, Module } from '@nestjs/common';
import type { Telemetry } from '@weir/telemetry';
import type { Config } from './config.js';
import type { Log } from './log.js';
import { CONFIG, LOG, TELEMETRY, UsageWorker } from './worker.js';

@Module({ providers: [UsageWorker] })
export class WorkerModule {}

/** The worker with its configuration handed in. */
export function workerModule(config: Config, log: Log, telemetry: Telemetry | null): DynamicModule {
  return {
    module: WorkerModule,
    providers: [
      { provide: CONFIG, useValue: config },
      { provide: LOG, useValue: log },
      { provide: TELEMETRY, useValue: telemetry },
    ],
  };
}
