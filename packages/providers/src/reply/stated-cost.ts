import { plainDecimal } from '../json/decimal.js';
import { MemberPaths, MemberScanner } from '../json/member-scanner.js';

const COST = new MemberPaths(['cost']);
const TOTAL_COST = new MemberPaths(['total_cost']);
const COST_MAX_LENGTH = 63;

/** `cost` of a usage object in the upstream's own digits; some state an object with a `total_cost`. */
export function statedCost(raw: string): string | null {
  const cost = memberText(raw, COST, 'cost');
  const amount = cost?.startsWith('{') ? memberText(cost, TOTAL_COST, 'total_cost') : cost;
  return amount === null || amount === undefined ? null : plainDecimal(amount.replace(/^"|"$/g, ''), COST_MAX_LENGTH);
}

function memberText(json: string, paths: MemberPaths, path: string): string | null {
  const scanner = new MemberScanner(paths);
  scanner.push(Buffer.from(json));
  return scanner.text(path);
}
