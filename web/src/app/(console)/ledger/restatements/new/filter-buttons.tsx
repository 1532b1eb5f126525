import { FilterButton } from '../../../usage/filter-button';
import { FILTER_LABELS, FILTERS } from './filter-options';
import type { Filters } from './use-filters';

/** A button for each dimension that usage is filtered by. */
export function FilterButtons({ filters: { options, chosen, change } }: { filters: Filters }) {
  return FILTERS.map((filter) => (
    <FilterButton
      key={filter}
      label={FILTER_LABELS[filter]}
      options={options[filter]}
      chosen={chosen[filter]}
      onChange={(values) => change(filter, values)}
    />
  ));
}
