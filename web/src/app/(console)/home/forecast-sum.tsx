'use client';
import { Link } from '@/components/ui/link';
import { UNKNOWN, usd } from '@/format';
import { useData } from '@/graphql/use-data';
import { UnknownFigure } from '../providers/unknown-figure';
import { usageHref } from '../usage/href';
import { FORECAST } from './queries';
import { Sum } from './sum';

const REFRESH_MS = 60_000;
const LABEL = 'Expected this month';

/** What the running month will end at, with its band; how it is worked out is in the title. */
export function ForecastSum() {
  const { data, problem } = useData(FORECAST, {}, { everyMs: REFRESH_MS });
  if (problem && !data) return <Sum label={LABEL} value={<UnknownFigure />} note="the forecast could not be read" />;
  const forecast = data?.usageForecast;
  if (data && !forecast) {
    return <Sum label={LABEL} value={<span className="text-ink-3">{UNKNOWN}</span>} note="after 3 whole days" />;
  }
  return (
    <Sum
      label={LABEL}
      value={
        forecast && (
          <span className="estimated" title={forecast.method}>
            {usd(forecast.expected)}
          </span>
        )
      }
      note={
        forecast && (
          <Link
            href={usageHref({ range: 'mtd' })}
            title={forecast.method}
            className="inline-flex min-h-6 items-center rounded-sm hover:text-ink hover:underline"
          >
            {usd(forecast.low)} to {usd(forecast.high)}
          </Link>
        )
      }
    />
  );
}
