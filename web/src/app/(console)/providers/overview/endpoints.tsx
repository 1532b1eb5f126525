import { ChevronRight } from 'lucide-react';
import { Fragment } from 'react';
import { RelativeTime } from '@/components/ui/relative-time';
import { type State, Status } from '@/components/ui/status';
import { duration, plural } from '@/format';
import type { Provider } from '../[name]/client';

type Endpoint = Provider['endpoints'][number];

const STATES: Readonly<Record<Endpoint['state'], State>> = {
  READY: 'ready',
  FAILING: 'failing',
  UNTESTED: 'untested',
  UNSUPPORTED: 'unsupported',
};

const keyOf = ({ endpoint, path }: Endpoint) => `${endpoint} ${path}`;

/** What this type, credential and address can serve, as the last test found it; what they cannot is folded away. */
export function Endpoints({ endpoints }: { endpoints: readonly Endpoint[] }) {
  const offered = endpoints.filter(({ state }) => state !== 'UNSUPPORTED');
  const others = endpoints.filter(({ state }) => state === 'UNSUPPORTED');
  return (
    <>
      <EndpointTable caption="Endpoints" endpoints={offered} />
      {others.length > 0 && (
        <details className="group mt-2">
          <summary className="-mx-1 flex w-fit cursor-default items-center gap-1 rounded-sm px-1 py-1 text-table text-ink-2 hover:text-ink">
            <ChevronRight aria-hidden className="size-3.5 group-open:rotate-90" />
            {plural(others.length, 'endpoint')} not offered
          </summary>
          <EndpointTable caption="Endpoints not offered" endpoints={others} />
        </details>
      )}
    </>
  );
}

function EndpointTable({ caption, endpoints }: { caption: string; endpoints: readonly Endpoint[] }) {
  return (
    <table className="w-full text-table">
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr className="h-8 text-left text-caption text-ink-3">
          <th scope="col" className="w-1/2 border-b border-line-2 pr-3 font-medium">
            Endpoint
          </th>
          <th scope="col" className="border-b border-line-2 px-3 font-medium">
            Status
          </th>
          <th scope="col" className="border-b border-line-2 pl-3 text-right font-medium whitespace-nowrap">
            Last tested
          </th>
        </tr>
      </thead>
      <tbody>
        {endpoints.map((endpoint) => (
          <EndpointRow key={keyOf(endpoint)} endpoint={endpoint} />
        ))}
      </tbody>
    </table>
  );
}

function EndpointRow({ endpoint: { endpoint, path, state, reason, checkedAt, latencyMs } }: { endpoint: Endpoint }) {
  return (
    <tr className="align-baseline">
      <th scope="row" className="border-b border-line py-2 pr-3 text-left font-normal">
        <span className="block">{endpoint}</span>
        {path !== null && <Path path={path} />}
      </th>
      <td className="border-b border-line px-3 py-2">
        <Status state={STATES[state]} />
        {reason && (state !== 'UNTESTED' || checkedAt !== null) && (
          <span className="block text-caption text-ink-2">{reason}</span>
        )}
      </td>
      <td className="border-b border-line py-2 pl-3 text-right whitespace-nowrap text-ink-2">
        {checkedAt !== null && <RelativeTime at={checkedAt} />}
        {checkedAt === null && state !== 'UNSUPPORTED' && <span className="text-ink-3">never</span>}
        {latencyMs !== null && <span className="figures block text-caption text-ink-3">{duration(latencyMs)}</span>}
      </td>
    </tr>
  );
}

/** Breaks after a slash first, where it must break. */
function Path({ path }: { path: string }) {
  return (
    <span className="block font-mono text-caption wrap-anywhere text-ink-3">
      {path.split('/').map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a path never move
        <Fragment key={index}>
          {index > 0 && '/'}
          {index > 0 && <wbr />}
          {part}
        </Fragment>
      ))}
    </span>
  );
}
