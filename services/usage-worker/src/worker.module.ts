import { type DynamicModule, Module } from '@nestjs/common';
import type { Config } from './config.js';
import type { Log } from './log.js';
import { CONFIG, LOG, UsageWorker } from './worker.js';

@Module({ providers: [UsageWorker] })
export class WorkerModule {}

/** The worker with its configuration handed in. */
export function workerModule(config: Config, log: Log): DynamicModule {
  return {
    module: WorkerModule,
    providers: [
      { provide: CONFIG, useValue: config },
      { provide: LOG, useValue: log },
    ],
  };
}
