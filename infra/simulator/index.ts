export type { LedgerEntry } from './ledger.js';
export { toolScript } from './scripted-tool.js';
export { type Simulator, startSimulator } from './start-simulator.js';
