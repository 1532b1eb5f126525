import { graphql, type ResultOf } from '@/graphql/graphql';

export const EXCHANGE_RATES = graphql(`
  query ExchangeRates {
    exchangeRates { currency usdPerUnit validFrom recordedAt by }
  }
`);

export const SET_EXCHANGE_RATE = graphql(`
  mutation SetExchangeRate($currency: String!, $usdPerUnit: Decimal!, $validFrom: DateTime) {
    setExchangeRate(currency: $currency, usdPerUnit: $usdPerUnit, validFrom: $validFrom) {
      currency usdPerUnit validFrom
    }
  }
`);

export type ExchangeRate = ResultOf<typeof EXCHANGE_RATES>['exchangeRates'][number];
