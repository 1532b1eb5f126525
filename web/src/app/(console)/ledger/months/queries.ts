import { graphql, type ResultOf } from '@/graphql/graphql';

export const MONTHS = graphql(`
  query AccountingMonths {
    accountingMonths {
      month state spend calls unpricedCalls
      closedAt closedBy spendAtClose callsAtClose
      reopenedAt reopenedBy reopenReason
    }
  }
`);

export const CLOSE_MONTH = graphql(`
  mutation CloseMonth($month: String!) {
    closeMonth(month: $month) { month state }
  }
`);

export const REOPEN_MONTH = graphql(`
  mutation ReopenMonth($month: String!, $reason: String!) {
    reopenMonth(month: $month, reason: $reason) { month state }
  }
`);

export type AccountingMonth = ResultOf<typeof MONTHS>['accountingMonths'][number];
