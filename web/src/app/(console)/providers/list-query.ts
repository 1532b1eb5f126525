import { parseSort } from '../../../components/data-table/column';
import type { StatusName } from './search-params';

export interface ListFilter {
  readonly search: string;
  readonly type: readonly string[];
  readonly status: readonly StatusName[];
  readonly environment: string | null;
  readonly model: string | null;
}

const OF_ENABLED = { ready: 'READY', failing: 'FAILING', untested: 'UNTESTED' } as const;

/** What a test found narrows “enabled”; “disabled” adds to either. */
function statusInput(names: readonly StatusName[]) {
  const tested = Object.entries(OF_ENABLED).filter(([name]) => names.some((chosen) => chosen === name));
  const enabled = tested.length === 0 && names.includes('enabled') ? Object.entries(OF_ENABLED) : tested;
  return [...enabled.map(([, status]) => status), ...(names.includes('disabled') ? (['DISABLED'] as const) : [])];
}

/** The filter as the control plane takes it; empty when nothing is filtered. */
export function filterInput({ search, type, status, environment, model }: ListFilter) {
  return {
    ...(search.trim() === '' ? {} : { search: search.trim() }),
    ...(type.length === 0 ? {} : { types: [...type] }),
    ...(status.length === 0 ? {} : { statuses: statusInput(status) }),
    ...(environment ? { environment } : {}),
    ...(model ? { model } : {}),
  };
}

const SORTS = { provider: 'name', type: 'type', updated: 'updatedAt', spend: 'spend' } as const;

/** `-spend` of the address as the control plane takes it; by name where it is none of ours. */
export function sortInput(text: string) {
  const sort = parseSort(text);
  const column = sort && Object.hasOwn(SORTS, sort.column) ? SORTS[sort.column as keyof typeof SORTS] : undefined;
  return { sort: column ?? 'name', descending: column !== undefined && sort?.direction === 'desc' };
}
