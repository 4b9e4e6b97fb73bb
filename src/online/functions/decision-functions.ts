import { countText, priceText } from './describe-events.ts';
import type { Visit } from '../visit.ts';
import type { FormReader } from './form-reader.ts';
import { numberOf, type Field, type FunctionPage, type OpenForm } from './function-page.ts';
import type { Command } from '../../clearing/commands/command.ts';
import type { GiveUp } from '../../clearing/give-up.ts';
import type { Rectification } from '../../clearing/rectification.ts';
import type { Outcome } from '../../clearing/rejection.ts';

// Functions that answer, or take back, what is there already: a give-up, a rectification, an exercise request, a close-out.

export const TAKE_UP_PARTS_MAX = 50;

interface Decision<Thing extends { readonly number: number }> extends Pick<
  FunctionPage,
  'command' | 'path' | 'title' | 'list'
> {
  things(visit: Visit): Outcome<readonly Thing[]>;
  readonly missing: string;
  facts(thing: Thing, visit: Visit): OpenForm['facts'];
  fields?(thing: Thing): readonly Field[];
  parts?(thing: Thing): OpenForm['parts'];
  ask(thing: Thing, form: FormReader): Command;
}

function decision<Thing extends { readonly number: number }>(of: Decision<Thing>): FunctionPage {
  const { command, path, title, list } = of;
  return {
    command,
    path,
    title,
    list,
    open(visit) {
      const found = of.things(visit);
      const number = numberOf(visit);
      const thing = found.ok ? found.value.find((each) => each.number === number) : undefined;
      if (!thing) return { missing: of.missing };
      const parts = of.parts?.(thing);
      return {
        facts: of.facts(thing, visit),
        fields: of.fields?.(thing) ?? [],
        ...(parts && { parts }),
        command: (form) => of.ask(thing, form),
      };
    },
  };
}

const GIVE_UPS = {
  list: '/give-ups',
  things: ({ context, browser }: Visit) => context.core.giveUps(browser.id),
  missing: 'Your participant neither sent nor received such a give-up.',
  facts: (giveUp, { context }) => [
    ['Give-up', String(giveUp.number)],
    ['From', giveUp.giver],
    ['To', giveUp.taker],
    ['Series', giveUp.series],
    ['Side', giveUp.side === 'buy' ? 'Buy' : 'Sell'],
    ['Quantity', countText(giveUp.quantity)],
    ['Price', priceText(context.core, giveUp.series, giveUp.price)],
    ['Text', giveUp.text || '–'],
    ['State', giveUp.state],
  ],
} satisfies Pick<Decision<GiveUp>, 'list' | 'things' | 'missing' | 'facts'>;

/** CC38. */
export const takeUp = decision({
  ...GIVE_UPS,
  command: 'take-up',
  path: '/give-ups/:number/take-up',
  title: 'Take up a give-up',
  parts: (giveUp) => ({ quantity: giveUp.quantity, rowsMax: TAKE_UP_PARTS_MAX, lessAllowed: false }),
  ask: (giveUp, form) => ({ do: 'take-up', giveUp: giveUp.number, parts: form.parts(TAKE_UP_PARTS_MAX) }),
});

/** CC40: the taker rejects, the giver cancels. */
export const rejectGiveUp = decision({
  ...GIVE_UPS,
  command: 'reject-give-up',
  path: '/give-ups/:number/reject',
  title: 'Reject or cancel a give-up',
  fields: () => [{ name: 'text', label: 'Text', kind: 'text', lengthMax: 30, optional: true }],
  ask: (giveUp, form) => ({ do: 'reject-give-up', giveUp: giveUp.number, text: form.text('text') }),
});

const RECTIFICATIONS = {
  list: '/rectifications',
  things: ({ context, browser }: Visit) => context.core.rectifications(browser.id),
  missing: 'Your participant has no such rectification.',
  facts: (rectification) => [
    ['Rectification', String(rectification.number)],
    ['Trade', String(rectification.trade)],
    ['Series', rectification.series],
    ['Parts', rectification.parts.map(({ quantity, account }) => `${countText(quantity)} to ${account}`).join(', ')],
    ['Requested by', rectification.requestedBy ?? '–'],
    ['State', rectification.state],
  ],
} satisfies Pick<Decision<Rectification>, 'list' | 'things' | 'missing' | 'facts'>;

/** CC11. */
export const confirmRectification = decision({
  ...RECTIFICATIONS,
  command: 'confirm-rectification',
  path: '/rectifications/:number/confirm',
  title: 'Confirm a rectification',
  ask: ({ number }) => ({ do: 'confirm-rectification', rectification: number }),
});

export const rejectRectification = decision({
  ...RECTIFICATIONS,
  command: 'reject-rectification',
  path: '/rectifications/:number/reject',
  title: 'Reject a rectification',
  ask: ({ number }) => ({ do: 'reject-rectification', rectification: number }),
});

/** CD55. */
export const restorePosition = decision({
  command: 'restore-position',
  path: '/close-outs/:number/restore',
  title: 'Restore a position',
  list: '/close-outs',
  things: ({ context, browser }) => context.core.closeOuts(browser.id),
  missing: 'Your participant has no such close-out.',
  facts: (closeOut) => [
    ['Close-out', String(closeOut.number)],
    ['Account', closeOut.account],
    ['Series', closeOut.series],
    ['Quantity', countText(closeOut.quantity)],
    ['Restored', countText(closeOut.restored)],
  ],
  fields: ({ quantity, restored }) => [
    { name: 'quantity', label: 'Quantity', kind: 'count', start: quantity - restored, max: quantity - restored },
  ],
  ask: ({ number }, form) => ({ do: 'restore-position', closeOut: number, quantity: form.count('quantity') }),
});

/** CC15. */
export const annulExercise = decision({
  command: 'annul-exercise',
  path: '/exercises/:number/cancel',
  title: 'Cancel an exercise request',
  list: '/exercises',
  things: ({ context, browser }) => context.core.exercises(browser.id),
  missing: 'Your participant has no such exercise request.',
  facts: (exercise) => [
    ['Exercise request', String(exercise.number)],
    ['Account', exercise.account],
    ['Series', exercise.series],
    ['Quantity', countText(exercise.quantity)],
    ['State', exercise.state],
  ],
  ask: ({ number }) => ({ do: 'annul-exercise', exercise: number }),
});
