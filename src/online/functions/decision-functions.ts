import type { Texts } from '../language/english.ts';
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

interface Decision<Thing extends { readonly number: number }> extends Pick<FunctionPage, 'command' | 'path' | 'list'> {
  things(visit: Visit): Outcome<readonly Thing[]>;
  readonly missing: keyof Texts['functions']['missing'];
  facts(thing: Thing, visit: Visit): OpenForm['facts'];
  fields?(thing: Thing, texts: Texts): readonly Field[];
  parts?(thing: Thing): OpenForm['parts'];
  ask(thing: Thing, form: FormReader): Command;
}

function decision<Thing extends { readonly number: number }>(of: Decision<Thing>): FunctionPage {
  const { command, path, list } = of;
  return {
    command,
    path,
    list,
    open(visit) {
      const found = of.things(visit);
      const number = numberOf(visit);
      const thing = found.ok ? found.value.find((each) => each.number === number) : undefined;
      if (!thing) return { missing: visit.texts.functions.missing[of.missing] };
      const parts = of.parts?.(thing);
      return {
        facts: of.facts(thing, visit),
        fields: of.fields?.(thing, visit.texts) ?? [],
        ...(parts && { parts }),
        command: (form) => of.ask(thing, form),
      };
    },
  };
}

const GIVE_UPS = {
  list: '/give-ups',
  things: ({ context, browser }: Visit) => context.core.giveUps(browser.id),
  missing: 'giveUp',
  facts: (giveUp, { context, texts: { columns, words } }) => [
    [columns.giveUp, String(giveUp.number)],
    [columns.from, giveUp.giver],
    [columns.to, giveUp.taker],
    [columns.series, giveUp.series],
    [columns.side, words.sides[giveUp.side]],
    [columns.quantity, countText(giveUp.quantity)],
    [columns.price, priceText(context.core, giveUp.series, giveUp.price)],
    [columns.text, giveUp.text || '–'],
    [columns.state, words.giveUpStates[giveUp.state]],
  ],
} satisfies Pick<Decision<GiveUp>, 'list' | 'things' | 'missing' | 'facts'>;

/** CC38. */
export const takeUp = decision({
  ...GIVE_UPS,
  command: 'take-up',
  path: '/give-ups/:number/take-up',
  parts: (giveUp) => ({ quantity: giveUp.quantity, rowsMax: TAKE_UP_PARTS_MAX, lessAllowed: false }),
  ask: (giveUp, form) => ({ do: 'take-up', giveUp: giveUp.number, parts: form.parts(TAKE_UP_PARTS_MAX) }),
});

/** CC40: the taker rejects, the giver cancels. */
export const rejectGiveUp = decision({
  ...GIVE_UPS,
  command: 'reject-give-up',
  path: '/give-ups/:number/reject',
  fields: (_giveUp, { columns }) => [
    { name: 'text', label: columns.text, kind: 'text', lengthMax: 30, optional: true },
  ],
  ask: (giveUp, form) => ({ do: 'reject-give-up', giveUp: giveUp.number, text: form.text('text') }),
});

const RECTIFICATIONS = {
  list: '/rectifications',
  things: ({ context, browser }: Visit) => context.core.rectifications(browser.id),
  missing: 'rectification',
  facts: (rectification, { texts: { columns, words } }) => [
    [columns.rectification, String(rectification.number)],
    [columns.trade, String(rectification.trade)],
    [columns.series, rectification.series],
    [
      columns.parts,
      rectification.parts.map(({ quantity, account }) => columns.part(countText(quantity), account)).join(', '),
    ],
    [columns.requestedBy, rectification.requestedBy ?? '–'],
    [columns.state, words.rectificationStates[rectification.state]],
  ],
} satisfies Pick<Decision<Rectification>, 'list' | 'things' | 'missing' | 'facts'>;

/** CC11. */
export const confirmRectification = decision({
  ...RECTIFICATIONS,
  command: 'confirm-rectification',
  path: '/rectifications/:number/confirm',
  ask: ({ number }) => ({ do: 'confirm-rectification', rectification: number }),
});

export const rejectRectification = decision({
  ...RECTIFICATIONS,
  command: 'reject-rectification',
  path: '/rectifications/:number/reject',
  ask: ({ number }) => ({ do: 'reject-rectification', rectification: number }),
});

/** CD55. */
export const restorePosition = decision({
  command: 'restore-position',
  path: '/close-outs/:number/restore',
  list: '/close-outs',
  things: ({ context, browser }) => context.core.closeOuts(browser.id),
  missing: 'closeOut',
  facts: (closeOut, { texts: { columns } }) => [
    [columns.closeOut, String(closeOut.number)],
    [columns.account, closeOut.account],
    [columns.series, closeOut.series],
    [columns.quantity, countText(closeOut.quantity)],
    [columns.restored, countText(closeOut.restored)],
  ],
  fields: ({ quantity, restored }, { columns }) => [
    { name: 'quantity', label: columns.quantity, kind: 'count', start: quantity - restored, max: quantity - restored },
  ],
  ask: ({ number }, form) => ({ do: 'restore-position', closeOut: number, quantity: form.count('quantity') }),
});

/** CC15. */
export const annulExercise = decision({
  command: 'annul-exercise',
  path: '/exercises/:number/cancel',
  list: '/exercises',
  things: ({ context, browser }) => context.core.exercises(browser.id),
  missing: 'exercise',
  facts: (exercise, { texts: { columns, words } }) => [
    [columns.exerciseRequest, String(exercise.number)],
    [columns.account, exercise.account],
    [columns.series, exercise.series],
    [columns.quantity, countText(exercise.quantity)],
    [columns.state, words.exerciseStates[exercise.state]],
  ],
  ask: ({ number }) => ({ do: 'annul-exercise', exercise: number }),
});
