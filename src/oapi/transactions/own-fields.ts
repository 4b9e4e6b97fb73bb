import { seriesKeyParts, sameSeriesKey } from '../../clearing/series-key.ts';
import { printSeriesName } from '../../clearing/series-name.ts';
import type { AccountId } from '../../clearing/account.ts';
import type { Series } from '../../clearing/series.ts';
import { refused } from './answers.ts';
import { seriesFields } from './series-fields.ts';
import type { AccountFields, SeriesFields } from './shapes.ts';
import type { RequestContext, TransactionAnswer } from './transaction.ts';

// What post-trade messages name: an account of the sender's participant, and one series by its whole key.

type Path = readonly (string | number)[];

/**
 * The account in a field of a post-trade message. ASSUMED: country and customer code may be left out; others than the
 * sender's own are a field that is not valid. Whether the account exists is the model's to say.
 * @throws FieldError that names the field and what is allowed
 */
export function ownAccount(fields: AccountFields, path: Path, call: RequestContext): AccountId {
  const { country_id: country, ex_customer: customer, account_id: id } = fields;
  const { countryId } = call.gateway.settings;
  const { participant } = call.session;
  if (country !== '' && country !== countryId) {
    throw call.badField([...path, 'country_id'], `${JSON.stringify(country)}; allowed are ${countryId} and blank`);
  }
  if (customer !== '' && customer !== participant) {
    const found = JSON.stringify(customer);
    throw call.badField([...path, 'ex_customer'], `${found}; allowed are the sender's own ${participant} and blank`);
  }
  return id as AccountId;
}

/** The series of a post-trade message, which names one by its whole key; or the refusal: invalid series. */
export function seriesOf(fields: SeriesFields, call: RequestContext): Series | TransactionAnswer {
  const key = {
    country: fields.country,
    market: fields.market,
    instrumentGroup: fields.instrument_group,
    modifier: fields.modifier,
    commodity: fields.commodity,
    expirationDate: fields.expiration_date,
    strikePrice: fields.strike_price,
  };
  const parts = seriesKeyParts(key);
  if (parts) {
    const [year, month] = parts.expiryDate.split('-').map(Number) as [number, number];
    const series = call.gateway.core.series(printSeriesName({ ...parts, year, month }));
    if (series && sameSeriesKey(series.key, key)) return series;
  }
  const problem = `series ${Object.values(seriesFields(key)).join('.')}; a whole series key of this market is needed`;
  return refused('invalidSeries', 'unknown-series', call, problem);
}
