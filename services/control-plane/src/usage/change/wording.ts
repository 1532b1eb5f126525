import type { PicoUsd } from '@weir/contracts';

const ONE_USD = 1e12;

/** `12.40 USD`, `0.000123 USD`: for sentences; the figure beside them is exact. */
export function usd(amount: PicoUsd): string {
  const value = Number(amount) / ONE_USD;
  const places = value === 0 || Math.abs(value) >= 1 ? 2 : Math.min(12, 2 - Math.floor(Math.log10(Math.abs(value))));
  const [whole = '', fraction] = value.toFixed(places).split('.');
  return `${grouped(whole)}.${fraction} USD`;
}

export function count(value: bigint | number): string {
  return grouped(String(value));
}

/** `80 %`, `0.4 %` */
export function percent(part: number): string {
  const value = part * 100;
  const places = value !== 0 && Math.abs(value) < 10 ? 1 : 0;
  return `${value.toFixed(places)} %`;
}

/** `1.30` */
export const ratio = (value: number): string => value.toFixed(2);

export const share = (part: bigint, whole: bigint): number => (whole === 0n ? 0 : Number(part) / Number(whole));

function grouped(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ',');
}
