import { MemberPaths, type MemberScanner } from '../json/member-scanner.js';
import type { BatchResultRules } from '../reply/batch-results-reader.js';
import { countUsage } from './usage.js';

/**
 * A line of a batch's output file. (https://platform.openai.com/docs/api-reference/batch/request-output) What else is kept
 * as a file has no `custom_id` beside a `response`.
 */
export const batchResult: BatchResultRules = {
  paths: new MemberPaths(['custom_id', 'response.status_code', 'response.body.usage']),
  isResult: (members: MemberScanner) =>
    typeof members.value('custom_id') === 'string' && typeof members.value('response.status_code') === 'number',
  metersIn(members: MemberScanner) {
    const usage = members.text('response.body.usage');
    return usage?.startsWith('{') ? countUsage(usage).meters : {};
  },
};
