import type { Prisma } from '@weir/prisma';
import type { ProviderFilter } from '../providers.inputs.js';
import { EndpointState, ProviderStatus } from '../status/status.types.js';

/** Prisma passes `%` and `_` on to LIKE as wildcards; here they are what was typed. */
const literally = (search: string) => search.replace(/[\\%_]/g, '\\$&');

const READY = { state: EndpointState.READY };
const FAILING = { state: EndpointState.FAILING };

/** The same rule as `statusOf`, for the database. */
function hasStatus(status: ProviderStatus): Prisma.ProviderWhereInput {
  switch (status) {
    case ProviderStatus.DISABLED:
      return { enabled: false };
    case ProviderStatus.FAILING:
      return { enabled: true, checks: { some: FAILING } };
    case ProviderStatus.READY:
      return { enabled: true, AND: [{ checks: { some: READY } }, { checks: { none: FAILING } }] };
    case ProviderStatus.UNTESTED:
      return { enabled: true, checks: { none: { OR: [READY, FAILING] } } };
  }
}

/** Providers of a project that the filter lets through. */
export function whereOf(projectId: string, filter: ProviderFilter): Prisma.ProviderWhereInput {
  const search = filter.search?.trim().slice(0, 253);
  const contains = search ? { contains: literally(search), mode: 'insensitive' as const } : null;
  const environment = filter.environment?.trim();
  const model = filter.model?.trim();
  const conditions: Prisma.ProviderWhereInput[] = [
    ...(filter.includeDeleted ? [] : [{ deletedAt: null }]),
    ...(filter.types?.length ? [{ type: { in: filter.types } }] : []),
    ...(filter.credentialKinds?.length ? [{ credentialKind: { in: filter.credentialKinds } }] : []),
    ...(typeof filter.enabled === 'boolean' ? [{ enabled: filter.enabled }] : []),
    ...(filter.statuses?.length ? [{ OR: filter.statuses.map(hasStatus) }] : []),
    // A provider without environments is active in all, one without models exposes all.
    ...(environment ? [{ OR: [{ environments: { isEmpty: true } }, { environments: { has: environment } }] }] : []),
    ...(model ? [{ OR: [{ models: { isEmpty: true } }, { models: { has: model } }] }] : []),
    ...(contains ? [{ OR: [{ name: contains }, { displayName: contains }] }] : []),
  ];
  return { projectId, AND: conditions };
}
