import { Fragment } from 'react';
import { cn } from '@/components/ui/cn';
import { SignedUsd, Usd } from '@/components/ui/figure';
import { toScaled } from '@/decimal';
import type { Step } from './waterfall';

/** The steps from the period before to this one, drawn and in figures. */
export function WaterfallTable({ steps, label }: { steps: readonly Step[]; label: string }) {
  return (
    <table aria-label={label} className="w-full border-separate border-spacing-0 text-table">
      <thead className="sr-only">
        <tr>
          <th scope="col">Step</th>
          <th scope="col">Drawn</th>
          <th scope="col">Amount</th>
        </tr>
      </thead>
      <tbody>
        {steps.map((step) => (
          <Fragment key={step.name}>
            <tr>
              <th
                scope="row"
                className={cn('w-32 pt-2 pr-4 text-left font-normal', step.kind === 'total' && 'font-medium')}
              >
                {step.name}
              </th>
              <td aria-hidden className="relative min-w-16 border-l border-line">
                <span
                  className={cn('absolute bottom-1 h-3.5 rounded-[1px]', colorOf(step))}
                  style={{ left: `${step.left * 100}%`, width: `max(1px, ${step.width * 100}%)` }}
                />
              </td>
              <td className={cn('w-28 pt-2 pl-4 text-right whitespace-nowrap', step.kind === 'total' && 'font-medium')}>
                {step.kind === 'total' ? <Usd amount={step.amount} /> : <SignedUsd amount={step.amount} />}
              </td>
            </tr>
            {step.kind === 'effect' && step.explanation && (
              <tr>
                <td colSpan={3} className="pb-1 text-caption text-ink-3">
                  {step.explanation}
                </td>
              </tr>
            )}
          </Fragment>
        ))}
      </tbody>
    </table>
  );
}

/** Up and down also differ in lightness, and the sign stands beside them. */
function colorOf(step: Step): string {
  if (step.kind === 'total') return 'bg-ink-3';
  return toScaled(step.amount) < 0n ? 'bg-[#56b4e9]' : 'bg-[#d55e00]';
}
