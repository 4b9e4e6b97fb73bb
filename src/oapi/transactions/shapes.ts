import { INT, SEARCH, struct, TEXT, type ValueOf } from '../dictionary/shape.ts';

/** oapi-facts.md section 3: 12 bytes; in a query 0 is any (C). */
export const SERIES = struct({
  country: INT,
  market: INT,
  instrument_group: INT,
  modifier: INT,
  commodity: INT,
  expiration_date: INT,
  strike_price: INT,
});

export type SeriesFields = ValueOf<typeof SERIES.shape>;

/** Country, customer code and account: 24 bytes or 20. */
export const ACCOUNT = struct({ country_id: TEXT, ex_customer: TEXT, account_id: TEXT });
/** The same in a query, where NULs are any. */
export const SEARCH_ACCOUNT = struct({ country_id: SEARCH, ex_customer: SEARCH, account_id: SEARCH });
export const PARTY = struct({ country_id: TEXT, ex_customer: TEXT });
export const TRADING_CODE = struct({ country_id: TEXT, ex_customer: TEXT, user_id: TEXT });
export const TIME_STAMP = struct({ seconds: INT, nanoseconds: INT });

export type AccountFields = ValueOf<typeof ACCOUNT.shape>;
export type SearchAccountFields = ValueOf<typeof SEARCH_ACCOUNT.shape>;
export type PartyFields = ValueOf<typeof PARTY.shape>;
export type TradingCodeFields = ValueOf<typeof TRADING_CODE.shape>;
