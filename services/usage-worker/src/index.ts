export { type Config, readConfig } from './config.js';
export { jsonLog, type Log } from './log.js';
export { UsageWorker } from './worker.js';
export { workerModule } from './worker.module.js';
