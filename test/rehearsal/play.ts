import { expect } from 'vitest';
import type { Simulator } from '../../src/index.ts';
import type { Dictionary } from '../../src/oapi/dictionary/dictionary.ts';
import type { Fields } from '../../src/oapi-client/fields.ts';
import { Program, type Trade } from './program.ts';

const account = (participant: string, id: string): Fields => ({
  country_id: 'HK',
  ex_customer: participant,
  account_id: id,
});

/** The trade that a program knows by this number. */
function known(program: Program, number: number): Trade {
  const trade = program.trades.get(number);
  if (!trade) throw new Error(`${program.participant} has not heard of trade ${number}`);
  return trade;
}

const inSameType =
  ({ market, instrument_group }: Fields) =>
  ({ series }: Trade): boolean =>
    series['market'] === market && series['instrument_group'] === instrument_group;

/** R1 to R14 of scenarios/certification-rehearsal.yaml, from 09:00 on, as two programs of two vendors play it. */
export async function playRehearsal(sim: Simulator, dictionary: Dictionary): Promise<void> {
  const cabc = new Program(sim, dictionary, 'BO_CABC801', 'Backoffice#801');
  const cxyz = new Program(sim, dictionary, 'BO_CXYZ801', 'Backoffice+801');

  // R1: one at each gateway.
  await cabc.logIn(1);
  await cxyz.logIn(2);
  const series = await cabc.download('DQ2');
  expect(series.map((each) => String(each['ins_id']).trim())).toEqual(['HSIK9', 'HSIM9', 'HKB65.00E9']);

  // R2 and R3: a new trade and its position, heard and asked for.
  await sim.clock.advanceTo('09:15');
  expect((await cabc.listen('BD5', 'BD6')).map(({ fields }) => fields['trade_number'])).toEqual([3]);
  const futures = known(cabc, 3).series;
  expect((await cabc.missingTrades(futures, 0)).map((each) => each.trade_number)).toEqual([1, 3]);
  expect(cabc.news.map(({ type }) => type)).toContain('BD40');
  const held = async (id: string, of: Fields): Promise<unknown> => {
    const rows = await cabc.download('CQ3', { account: account('CABC', id), search_series: of });
    return rows.map((row) => [row['nbr_held'], row['nbr_written']]);
  };
  expect(await held('HOUSE', futures)).toEqual([[46, 0]]);

  // R4: out of the transitory account, in two parts.
  await sim.clock.advanceTo('09:20');
  await cabc.listen();
  const part = (participant: string, id: string, quantity: number, field: string): Fields => ({
    account: account(participant, id),
    [field]: quantity,
  });
  await cabc.transact('CD5', {
    series: futures,
    item: [part('CABC', 'OMNI1', 7, 'deal_quantity'), part('CABC', 'HOUSE', 3, 'deal_quantity')].map((each) => ({
      ...each,
      trade_number: 5,
    })),
  });
  expect((await cabc.listen('BD39')).map(({ fields }) => [fields['trade_number'], fields['rem_quantity']])).toEqual([
    [5, 0],
  ]);
  expect(await held('TRANS', futures)).toEqual([[0, 0]]);

  // R5: into the right account.
  await sim.clock.advanceTo('09:25');
  await cabc.listen();
  const wrong = [...cabc.trades.values()].find((each) => String(each['customer_info']).trim() === 'WRONG ACCOUNT');
  if (!wrong) throw new Error('the trade to rectify was not heard of');
  await cabc.transact('CD28', {
    series: wrong.series,
    trade_number: wrong.trade_number,
    item: [part('CABC', 'C0012345', 4, 'trade_quantity')],
  });
  expect(await held('C0012345', wrong.series)).toEqual([[4, 0]]);

  // R6 to R9: given up three times; taken up, rejected, cancelled.
  await sim.clock.advanceTo('09:30');
  await cabc.listen();
  const executed = [...cabc.trades.values()].find((each) => String(each['customer_info']).trim() === 'FOR CXYZ');
  if (!executed) throw new Error('the trade to give up was not heard of');
  for (const quantity of [4, 3, 2]) {
    await cabc.transact('CD35', {
      series: executed.series,
      account: account('CXYZ', ''),
      trade_number: executed.trade_number,
      trade_quantity: quantity,
      give_up_text: 'REHEARSAL',
    });
    const [heard] = await cxyz.listen('BD29');
    const give_up_number = Number(heard?.fields['give_up_number']);
    expect(heard?.fields).toMatchObject({ trade_quantity: quantity, party: { ex_customer: 'CABC' } });
    const of = { series: executed.series, give_up_number };
    if (quantity === 4) {
      const item = [part('CXYZ', 'OMNI1', 1, 'trade_quantity'), part('CXYZ', 'C0077001', 3, 'trade_quantity')];
      await cxyz.transact('CC38', { ...of, item });
    } else if (quantity === 3) await cxyz.transact('CC40', of);
    else await cabc.transact('CC40', of);
    await cxyz.listen();
  }
  await cabc.listen();
  const giveUps = await cabc.download('CQ61');
  const states = giveUps.map((each) => [each['trade_quantity'], each['state']]);
  expect(states).toEqual([
    [4, 2],
    [3, 3],
    [2, 4],
  ]);
  const last = Math.max(
    ...cabc.news.filter(({ type }) => type === 'BD29').map(({ fields }) => Number(fields['sequence_number'])),
  );

  // R10 to R12: stock options.
  const option65 = (await cabc.download('CQ3', { account: account('CABC', 'OMNI1') })).find(
    (row) => row['nbr_written'] === 30,
  );
  if (!option65) throw new Error('no position in the stock option');
  const options = { series: option65['series'] as Fields, account: account('CABC', 'OMNI1') };
  await cabc.transact('CC13', { ...options, quantity: 20 });
  const [request] = await cabc.download('CQ21');
  await cabc.transact('CC15', { series: options.series, exercise_number: Number(request?.['exercise_number']) });
  await cabc.transact('CC14', { ...options, deny_exercise: 15 });
  const [annulled] = await cabc.download('CQ21');
  expect([request?.['state'], annulled?.['state']]).toEqual([1, 2]);

  // R13: the first gateway dies; what is matched then is missed.
  const before = Math.max(...[...cabc.trades.values()].filter(inSameType(futures)).map((each) => each.sequence_number));
  const cut = cabc.cutOff();
  await sim.clock.advanceTo('11:01');
  await cut;
  await cabc.close();
  await cabc.logIn(2, { forced: true });

  // R14: asked for by number, and heard again from here on.
  const missed = await cabc.missingTrades(futures, before);
  expect(missed.map((each) => each['trade_quantity'])).toEqual([2]);
  expect(await cabc.download('CQ76', { series: futures, sequence_first: last + 1 })).toEqual([]);
  await cxyz.listen();
  expect((await cxyz.download('CQ3', { account: account('CXYZ', 'HOUSE') })).length).toBeGreaterThan(0);
  await cabc.logOut();
  await cxyz.logOut();
}
