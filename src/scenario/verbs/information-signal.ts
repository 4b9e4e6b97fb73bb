import { group, oneOf } from '../leaf.ts';
import { defineVerb } from './verb.ts';

const WORDS = {
  'settlement-prices': 'Settlement prices',
  reports: 'Reports',
  'day-end': 'The results of the day end',
} as const;

export const informationSignal = defineVerb({
  name: 'information.signal',
  summary:
    'HKEX signals to OAPI programs that something can be fetched (BI7). Reports and the day end signal by themselves.',
  schema: () =>
    group({ what: oneOf(['settlement-prices', 'reports', 'day-end']) }, 'the signal: { what: settlement-prices }'),
  example: { what: 'settlement-prices' },
  toAction: ({ what }) => ({ do: 'information.signal', what }),
  describe: ({ what }) => `${WORDS[what]} can be fetched: OAPI programs are told.`,
});
