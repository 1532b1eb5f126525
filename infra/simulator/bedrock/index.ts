export type { AccessKey, Role } from './keys.js';
export type { BedrockEntry } from './ledger.js';
export { type BedrockOptions, type BedrockSimulator, startBedrockSimulator } from './start-bedrock.js';
