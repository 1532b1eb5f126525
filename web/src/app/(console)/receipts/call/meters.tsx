import { cn } from '@/components/ui/cn';
import { count } from '@/format';
import { meterText, partOf } from '../wording';
import type { Receipt } from './call-receipt';
import { estimatedMeterReason } from './estimates';

/** Every quantity that is known of the call, parts under what they are part of. What is missing here is unknown. */
export function Meters({ meters, call }: Pick<Receipt, 'meters' | 'call'>) {
  if (meters.length === 0) {
    return <p className="text-table text-ink-2">None is known: the upstream stated no usage. Unknown is not zero.</p>;
  }
  const ordered = meters
    .filter(({ meter }) => !isPartOfListed(meter, meters))
    .flatMap((whole) => [whole, ...meters.filter(({ meter }) => partOf(meter) === whole.meter)]);
  return (
    <table aria-label="Meters" className="figures w-full border-separate border-spacing-0 text-table">
      <thead className="text-caption text-ink-3">
        <tr>
          <th scope="col" className="h-8 border-b border-line-2 text-left font-normal">
            Meter
          </th>
          <th scope="col" className="h-8 border-b border-line-2 pl-3 text-right font-normal">
            Quantity
          </th>
          <th scope="col" className="h-8 border-b border-line-2 pl-6 text-left font-normal">
            From
          </th>
        </tr>
      </thead>
      <tbody>
        {ordered.map(({ meter, quantity, estimated }) => {
          const isPart = isPartOfListed(meter, meters);
          const because = estimatedMeterReason(meter, call);
          return (
            <tr key={meter} className="align-baseline">
              <th
                scope="row"
                className={cn('border-b border-line py-1.5 text-left font-normal', isPart && 'pl-4 text-ink-2')}
              >
                {isPart && <span className="text-ink-3">of it </span>}
                {isPart ? lowerFirst(meterText(meter)) : meterText(meter)}
              </th>
              <td className="border-b border-line py-1.5 pl-3 text-right">
                <span className={cn(estimated && 'estimated')}>{count(quantity)}</span>
              </td>
              <td className="border-b border-line py-1.5 pl-6 text-left text-ink-2">
                {estimated || because ? (because ?? 'estimated') : 'stated by the upstream'}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function isPartOfListed(meter: string, meters: Receipt['meters']): boolean {
  const whole = partOf(meter);
  return whole !== null && meters.some((other) => other.meter === whole);
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
