import { graphql, type ResultOf, type VariablesOf } from '@/graphql/graphql';

const REPORT = graphql(`
  fragment ReportParts on UsageReport @_unmask {
    id state format progress rows bytes downloadUrl fileName createdAt createdBy expiresAt problem
  }
`);

export const REPORTS = graphql(
  `
  query UsageReports {
    usageReports(first: 20) { ...ReportParts }
  }
`,
  [REPORT],
);

export const REPORT_STATE = graphql(
  `
  query UsageReport($id: ID!) {
    usageReport(id: $id) { ...ReportParts }
  }
`,
  [REPORT],
);

export const CREATE_REPORT = graphql(
  `
  mutation CreateUsageReport($input: CreateUsageReportInput!) {
    createUsageReport(input: $input) { ...ReportParts }
  }
`,
  [REPORT],
);

export const CANCEL_REPORT = graphql(
  `
  mutation CancelUsageReport($id: ID!) {
    cancelUsageReport(id: $id) { ...ReportParts }
  }
`,
  [REPORT],
);

export const REPORT_TAG_KEYS = graphql(`
  query ReportTagKeys($range: TimeRange!, $filter: UsageFilter) {
    usageTagKeys(range: $range, filter: $filter)
  }
`);

export type Report = ResultOf<typeof REPORTS>['usageReports'][number];
export type ReportInput = VariablesOf<typeof CREATE_REPORT>['input'];
/** Lists that may be empty name their type: see `useAction`. */
export const OF_REPORTS = { additionalTypenames: ['UsageReport'] };
