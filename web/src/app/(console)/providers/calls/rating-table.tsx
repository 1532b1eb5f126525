import { Usd } from '@/components/ui/figure';
import { count, usd } from '@/format';
import type { ResultOf } from '@/graphql/graphql';
import type { CALL } from './queries';
import { bucketText, notBilledReason, ratingText, sourceText } from './wording';

type RatedCall = Pick<NonNullable<ResultOf<typeof CALL>['call']>, 'rating' | 'outcome' | 'usageSource'>;

/** How the cost came about: quantity × rate = amount, line by line. */
export function RatingTable({ call }: { call: RatedCall }) {
  const { rating } = call;
  if (rating === null) return <p className="text-table text-ink-2">Not rated yet: its rating is on its way.</p>;
  const notBilled = rating.status === 'free' ? notBilledReason(call) : null;
  if (notBilled) return <p className="text-table text-ink-2">Not billed. {notBilled}.</p>;
  return (
    <>
      {rating.lines.length > 0 && (
        <div className="overflow-x-auto">
          <table className="figures w-full text-table">
            <thead className="text-caption text-ink-3">
              <tr className="h-7 border-b border-line">
                <th scope="col" className="text-left font-normal">
                  Bucket
                </th>
                <th scope="col" className="pl-4 text-right font-normal">
                  Quantity
                </th>
                <th scope="col" className="pl-4 text-right font-normal whitespace-nowrap">
                  Rate, $/1M
                </th>
                <th scope="col" className="pl-4 text-right font-normal">
                  Amount
                </th>
                <th scope="col" className="pl-4 text-left font-normal">
                  Source
                </th>
              </tr>
            </thead>
            <tbody>
              {rating.lines.map((line) => (
                <tr key={`${line.bucket}-${line.source}`} className="h-8 border-b border-line">
                  <th scope="row" className="text-left font-normal">
                    {bucketText(line.bucket)}
                  </th>
                  <td className="pl-4 text-right">{count(line.quantity)}</td>
                  <td className="pl-4 text-right">
                    {line.usdPerMillion === null ? (
                      <span className="text-amber">unknown</span>
                    ) : (
                      usd(line.usdPerMillion)
                    )}
                  </td>
                  <td className="pl-4 text-right">
                    <Usd amount={line.amount} />
                  </td>
                  <td className="pl-4 text-left whitespace-nowrap text-ink-3" title={line.source}>
                    {sourceText(line.source, rating.priceVersion)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p className="mt-2 flex flex-wrap items-baseline gap-x-2 text-table">
        <span className="font-medium">
          <Usd amount={rating.cost} />
        </span>
        <span className="text-ink-3">
          {ratingText(rating.status)}
          {rating.priceVersion && (
            <>
              , prices <span className="font-mono text-caption">{rating.priceVersion}</span>
            </>
          )}
        </span>
      </p>
    </>
  );
}
