export type { AccessKey } from './keys.js';
export type { BedrockEntry } from './ledger.js';
export { type BedrockSimulator, startBedrockSimulator } from './start-bedrock.js';
