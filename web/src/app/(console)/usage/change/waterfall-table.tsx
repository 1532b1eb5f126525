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
          <tr key={step.name}>
            <th scope="row" className="w-[34%] py-1 pr-4 text-left align-top font-normal">
              <span className={cn(step.kind === 'total' && 'font-medium')}>{step.name}</span>
              {step.explanation && <span className="block text-caption text-ink-3">{step.explanation}</span>}
            </th>
            <td aria-hidden className="relative min-w-16 border-l border-line py-1 align-middle">
              <span
                className={cn('absolute top-1/2 h-3.5 -translate-y-1/2 rounded-[1px]', colorOf(step))}
                style={{ left: `${step.left * 100}%`, width: `max(1px, ${step.width * 100}%)` }}
              />
            </td>
            <td
              className={cn('py-1 pl-4 text-right align-top whitespace-nowrap', step.kind === 'total' && 'font-medium')}
            >
              {step.kind === 'total' ? <Usd amount={step.amount} /> : <SignedUsd amount={step.amount} />}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Up and down also differ in lightness, and the sign stands beside them. */
function colorOf({ kind, amount }: Step): string {
  if (kind === 'total') return 'bg-ink-3';
  return toScaled(amount) < 0n ? 'bg-[#56b4e9]' : 'bg-[#d55e00]';
}
