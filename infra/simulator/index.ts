export type { LedgerEntry } from './ledger.js';
export { type Simulator, startSimulator } from './start-simulator.js';
