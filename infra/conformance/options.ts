import { parseArgs } from 'node:util';

/** An option that cannot be used; the message says which and why. */
export class OptionInvalid extends Error {
  readonly code = 'OPTION_INVALID';
}

export const GATEWAYS = ['weir', 'litellm'] as const;
export type GatewayName = (typeof GATEWAYS)[number];

export const POLICIES = ['drain', 'cancel'] as const;
export type Policy = (typeof POLICIES)[number];

export interface ScaleOptions {
  readonly streams: number;
  readonly policy: Policy;
  /** Per cent of the streams. */
  readonly aborts: number;
  readonly failures: number;
  readonly seed: number;
  readonly atOnce: number;
}

export interface Options {
  readonly gateways: readonly GatewayName[];
  readonly pattern: string | null;
  /** File for the report. */
  readonly report: string | null;
  /** The scale runs, one after the other; none = the cases. */
  readonly scale: readonly ScaleOptions[];
  readonly isCoverage: boolean;
}

/** @throws OptionInvalid */
export function readOptions(args: readonly string[]): Options {
  const { values } = parsed(args);
  const gateways = (values.gateway ?? ['weir']).flatMap((list) => list.split(',')).map(gatewayOf);
  return {
    gateways,
    pattern: values.case ?? null,
    report: values.report ?? null,
    isCoverage: values.coverage ?? false,
    scale: values.scale === undefined ? [] : scalesOf(values.scale, values),
  };
}

type Values = ReturnType<typeof parsed>['values'];

function scalesOf(streams: string, values: Values): ScaleOptions[] {
  const policies = values.policy === undefined ? POLICIES : [policyOf(values.policy)];
  return policies.map((policy) => ({
    streams: number('scale', streams, 1, 10_000_000),
    policy,
    aborts: number('aborts', values.aborts ?? '5', 0, 100),
    failures: number('failures', values.failures ?? '1', 0, 100),
    seed: number('seed', values.seed ?? '1', 0, 2 ** 31),
    atOnce: number('at-once', values['at-once'] ?? '64', 1, 4_096),
  }));
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        gateway: { type: 'string', multiple: true },
        case: { type: 'string' },
        report: { type: 'string' },
        coverage: { type: 'boolean' },
        scale: { type: 'string' },
        policy: { type: 'string' },
        aborts: { type: 'string' },
        failures: { type: 'string' },
        seed: { type: 'string' },
        'at-once': { type: 'string' },
      },
    });
  } catch (error) {
    throw new OptionInvalid((error as Error).message);
  }
}

function gatewayOf(name: string): GatewayName {
  const found = GATEWAYS.find((known) => known === name);
  if (found) return found;
  throw new OptionInvalid(`--gateway ${name}: there is no such adapter; choose from ${GATEWAYS.join(', ')}`);
}

function policyOf(text: string): Policy {
  const found = POLICIES.find((known) => known === text);
  if (found) return found;
  throw new OptionInvalid(`--policy ${text}: choose from ${POLICIES.join(', ')}`);
}

function number(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value) && value >= least && value <= most) return value;
  throw new OptionInvalid(`--${name} ${text}: a number from ${least} to ${most}`);
}
