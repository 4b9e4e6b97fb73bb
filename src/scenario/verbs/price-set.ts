import { group, price } from '../leaf.ts';
import { priceOf, toPriceDefinition } from '../prices.ts';
import { defineVerb } from './verb.ts';

export const priceSet = defineVerb({
  name: 'price.set',
  summary: 'Sets the settlement price of a series, or the price of an underlying, which exercise and expiry go by.',
  schema: () => group({ of: priceOf, price }, 'a price: { of: "HSIK9", price: "29500" }'),
  example: { of: 'HKB', price: '67.50' },
  toAction(args, { names, refuse }) {
    const definition = toPriceDefinition(args, names, refuse);
    return definition && { do: 'price.set', ...definition, text: args.price };
  },
  describe: ({ of, text }) => `The price of ${of} is ${text}.`,
});
