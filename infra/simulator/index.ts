export type { LedgerEntry } from './ledger.js';
export { type Simulator, type SimulatorOptions, startSimulator } from './start-simulator.js';
