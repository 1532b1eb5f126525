import { X } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { IconButton } from '@/components/ui/icon-button';
import { plural, usd } from '@/format';
import { baseRate, type CatalogModel } from './rates';

interface ModelListProps {
  ids: readonly string[];
  catalog: ReadonlyMap<string, CatalogModel>;
  onRemove: (id: string) => void;
  onClear: () => void;
}

/** The chosen models with what they cost. */
export function ModelList({ ids, catalog, onRemove, onClear }: ModelListProps) {
  if (ids.length === 0) {
    return <p className="text-table text-ink-2">All upstream models may be called.</p>;
  }
  return (
    <div>
      <div className="max-h-80 overflow-auto border-y border-line">
        <table className="w-full text-table">
          <caption className="sr-only">Models apps may call</caption>
          <thead className="sticky top-0 bg-canvas text-caption text-ink-3">
            <tr className="h-7 border-b border-line">
              <th scope="col" className="pr-3 text-left font-normal">
                Model
              </th>
              <th scope="col" className="px-3 text-right font-normal whitespace-nowrap">
                Input $/1M
              </th>
              <th scope="col" className="px-3 text-right font-normal whitespace-nowrap">
                Output $/1M
              </th>
              <td className="w-8" />
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {ids.map((id) => (
              <tr key={id} className="h-8">
                <th scope="row" className="max-w-0 truncate pr-3 text-left font-mono font-normal" title={id}>
                  {id}
                </th>
                <RateCell rate={baseRate(catalog.get(id), 'input')} />
                <RateCell rate={baseRate(catalog.get(id), 'output')} />
                <td className="text-right">
                  <IconButton size="sm" label={`Remove ${id}`} icon={<X aria-hidden />} onClick={() => onRemove(id)} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="mt-2 flex items-center justify-between text-table text-ink-3">
        {plural(ids.length, 'model')}
        {ids.length > 1 && (
          <Button size="sm" variant="ghost" onClick={onClear}>
            Remove all
          </Button>
        )}
      </div>
    </div>
  );
}

/** A model without a published rate is called and metered all the same; only its cost stays unknown. */
export function RateCell({ rate }: { rate: string | null }) {
  return (
    <td className="figures w-0 px-3 text-right whitespace-nowrap">
      {rate === null ? <span className="text-ink-3">unpriced</span> : usd(rate)}
    </td>
  );
}
