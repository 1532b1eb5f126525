export { type Joint, joinTurn, type KnownTurn } from './chain/join.js';
export { type ChainScope, type SpawnKey, type TurnLinks, turnLinks } from './chain/links.js';
export {
  conversationOfBaggage,
  type InferredBy,
  NATIVE_ID_HEADERS,
  type NativeIds,
  readNativeIds,
} from './chain/native-ids.js';
export { type Placement, placeTurn } from './chain/place.js';
export { titleOf } from './chain/title.js';
export { openAiRecord } from './export/openai.js';
export { otelRecord } from './export/otel.js';
export type { ExportedTurn } from './export/turn.js';
export {
  type Message,
  message,
  type OutputMessage,
  outputMessage,
  type Role,
  type ToolDefinition,
  toolDefinition,
} from './message/message.js';
export { type Modality, type Part, type PartOf, part } from './message/part.js';
export { type Piece, piecesOf, rebuildBody, type SplitBody, splitBody } from './pieces/body.js';
export { RebuildError } from './pieces/errors.js';
export { messageId, pieceId } from './pieces/id.js';
export {
  DETECTORS,
  type Detector,
  type Redacted,
  RedactionRuleError,
  type RedactionRules,
  type Redactor,
  redactionRules,
  redactorOf,
} from './redaction/index.js';
export { isStreamOver, type ReplyError, type ReplyReading, readReply } from './reply/index.js';
export { isReadableEndpoint, type RequestReading, readRequest } from './request/index.js';
