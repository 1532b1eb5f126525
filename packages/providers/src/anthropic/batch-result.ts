import { MemberPaths, type MemberScanner } from '../json/member-scanner.js';
import { objectOf } from '../json/value.js';
import type { BatchResultRules } from '../reply/batch-results-reader.js';
import { countsOf, metersOf } from './usage.js';

/** A line of a batch's results. (https://docs.claude.com/en/api/retrieving-message-batch-results) */
export const batchResult: BatchResultRules = {
  paths: new MemberPaths(['custom_id', 'result.type', 'result.message.usage']),
  isResult: (members: MemberScanner) =>
    typeof members.value('custom_id') === 'string' && typeof members.value('result.type') === 'string',
  metersIn: (members: MemberScanner) => metersOf(countsOf(objectOf(members.value('result.message.usage')))).meters,
};
