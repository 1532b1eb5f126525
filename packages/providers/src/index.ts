export * as bedrockProfiles from './bedrock/profiles/index.js';
export {
  availabilityOf,
  capabilitiesOf,
  type EndpointAvailability,
  type ProviderScope,
} from './capabilities/availability.js';
export { CAPABILITIES, type Capability } from './capabilities/capability.js';
export { type AnswerText, answerText, isEstimable, type PromptText, promptText, writesText } from './estimate/index.js';
export { type AnswerEvent, type AnswerEvents, answerEvents, parsedText, type UnreadableRange } from './events/index.js';
export { type JsonObject, objectOf } from './json/value.js';
export type * from './provider-type.js';
export { PROVIDER_TYPE_DEFINITIONS, providerTypeOf } from './registry.js';
export type { ModelNames } from './session/named-models.js';
export type { SessionReader, SessionSign, SessionTurn } from './session/session-reader.js';
export type { MessagePart, SessionScript } from './session/session-script.js';
