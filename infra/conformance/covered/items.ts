import type { MeterName } from '../case/expectation.js';
import type { CaseCall } from '../case/index.js';
import type { CoveredDialect } from './dialects.js';

/** Something that metering must get right, and the dialects in which it can come up. */
export interface Item {
  readonly name: string;
  readonly appliesTo: readonly CoveredDialect[];
  isIn(call: CaseCall): boolean;
}

const SSE: readonly CoveredDialect[] = ['chat', 'responses', 'messages', 'gemini', 'compatible'];
const AWS: readonly CoveredDialect[] = ['converse', 'invoke'];
const CLAUDE: readonly CoveredDialect[] = ['messages', 'invoke', 'vertex'];

const meters = ({ expect }: CaseCall) => expect.record.meters ?? {};
const others = ({ expect }: CaseCall) => expect.record.otherMeters ?? {};
const isAbove = (value: unknown): boolean => typeof value === 'object' || (typeof value === 'number' && value > 0);
const counts =
  (...names: MeterName[]) =>
  (call: CaseCall): boolean =>
    names.every((name) => isAbove(meters(call)[name]));
const wire = ({ answer }: CaseCall): string => JSON.stringify(answer?.body ?? null);
const isStream = ({ answer }: CaseCall): boolean =>
  answer !== undefined && ('sse' in answer.body || 'awsEvents' in answer.body || 'lines' in answer.body);

export const ITEMS: readonly Item[] = [
  {
    name: 'usage of a whole answer',
    appliesTo: [...SSE, ...AWS, 'vertex', 'azure', 'presets'],
    isIn: (call) => !isStream(call) && counts('output')(call),
  },
  {
    name: 'usage of a stream',
    appliesTo: [...SSE, ...AWS, 'vertex', 'azure', 'presets'],
    isIn: (call) => isStream(call) && counts('output')(call),
  },
  { name: 'cached input', appliesTo: [...SSE, ...AWS, 'vertex', 'presets'], isIn: counts('cachedInput') },
  {
    name: 'writes of 5 minutes and of an hour',
    appliesTo: [...CLAUDE, 'converse'],
    isIn: counts('cacheWrite5m', 'cacheWrite1h'),
  },
  {
    name: 'writes of unknown lifetime',
    appliesTo: ['chat', 'responses', 'messages', 'converse', 'compatible'],
    isIn: counts('cacheWriteUnknown'),
  },
  { name: 'reasoning', appliesTo: ['chat', 'responses', 'gemini', 'compatible', 'presets'], isIn: counts('reasoning') },
  { name: 'what tools gave to read', appliesTo: ['gemini'], isIn: counts('toolUseInput') },
  { name: 'audio', appliesTo: ['chat', 'gemini'], isIn: counts('audioInput', 'audioOutput') },
  { name: 'cached audio', appliesTo: ['chat', 'gemini'], isIn: counts('cachedAudioInput') },
  { name: 'images', appliesTo: ['gemini', 'compatible'], isIn: counts('imageOutput') },
  {
    name: 'fees of searches and tools',
    appliesTo: ['responses', 'messages', 'gemini', 'compatible', 'presets'],
    isIn: (call) => isAbove(others(call).webSearches),
  },
  {
    name: 'service tier echoed',
    appliesTo: ['chat', 'responses', 'messages', 'gemini', 'converse'],
    isIn: ({ expect }) => typeof expect.record.serviceTier === 'string',
  },
  {
    name: 'model that served',
    appliesTo: ['responses', 'messages', 'gemini', 'azure', 'compatible', 'presets'],
    isIn: ({ expect: { record } }) => typeof record.servedModel === 'string',
  },
  {
    name: 'cost that the upstream states',
    appliesTo: ['compatible', 'presets'],
    isIn: ({ expect }) => typeof expect.record.statedCostUsd === 'string',
  },
  {
    name: 'running counts',
    appliesTo: ['messages', 'gemini', 'compatible'],
    isIn: (call) =>
      isStream(call) && wire(call).split(/"(?:output_tokens|candidatesTokenCount|completion_tokens)":/).length > 3,
  },
  { name: 'comment lines', appliesTo: SSE, isIn: (call) => wire(call).includes('"comment":') },
  {
    name: 'events cut at any byte',
    appliesTo: [...SSE, ...AWS],
    isIn: ({ answer }) => (answer?.writeBytes ?? Number.POSITIVE_INFINITY) < 8,
  },
  {
    name: 'errors after a 200',
    appliesTo: [...SSE, ...AWS],
    isIn: (call) =>
      isStream(call) &&
      (call.answer?.status ?? 200) === 200 &&
      JSON.stringify(call.expect.record.outcome ?? '').includes('upstream_error') &&
      call.answer?.breakOff === undefined,
  },
  {
    name: 'client leaves, drained',
    appliesTo: ['chat', 'responses', 'messages', 'gemini', 'converse'],
    isIn: ({ client, expect }) =>
      client.hangUp !== undefined && JSON.stringify(expect.record.abortAction ?? '').includes('drained'),
  },
  {
    name: 'client leaves, cancelled',
    appliesTo: ['chat', 'messages'],
    isIn: ({ client, expect }) =>
      client.hangUp !== undefined && JSON.stringify(expect.record.abortAction ?? '').includes('cancelled'),
  },
  {
    name: 'no usage at all',
    appliesTo: ['chat', 'compatible'],
    isIn: ({ expect, answer }) => expect.record.usageSource === 'none' && answer?.status === 200,
  },
];
