import type { Simulator } from '../../src/index.ts';
import { smallDay } from '../support/simulator.ts';
import { stateOf, told } from './day.ts';

const DEAL = {
  series: 'HSIK9',
  quantity: 3,
  price: '30000',
  buyer: { participant: 'CABC', account: 'HOUSE' },
  seller: { participant: 'CXYZ', account: 'HOUSE' },
};
const giveUp = (trade: number) => ({ participant: 'CABC', trade, to: 'CXYZ', quantity: 1 });

/** A day of spans that reach far: faults, reports that are late, withheld and damaged, keys, a saved platform. */
export const SPANS = {
  ...smallDay({ platforms: { geniumInet: {} } }),
  day: { date: '2019-05-07', start: '08:30', end: '13:00' },
  timeline: [
    { id: 'opens', at: '09:00', do: 'session.open', with: { mode: 'normal' } },
    {
      at: '09:05',
      do: 'fault.start',
      with: { id: 'late', match: { listener: 'oapi-1' }, effect: { delay: '1s' }, for: '1h' },
    },
    {
      at: '09:06',
      do: 'fault.start',
      with: { id: 'tls', match: { listener: 'online-1' }, effect: { tls: 'expired' }, for: '1h' },
    },
    { at: '09:10', do: 'gateway.stop', with: { which: [3], how: 'black-hole', for: '40m' } },
    { at: '09:12', do: 'fault.start', with: { match: { listener: 'online-4' }, effect: 'refuse', for: '30m' } },
    { at: '09:15', do: 'report.delay', with: { which: ['trades'], by: '30m' } },
    { at: '09:16', do: 'report.withhold', with: { which: ['positions'], for: ['CABC'], releaseAfter: '1h' } },
    { at: '09:17', do: 'report.corrupt', with: { which: ['positions'], how: 'cut', corrected: '30m' } },
    { at: '09:20', do: 'deal.match', with: DEAL },
    { at: '09:25', do: 'report.publish', with: { which: ['trades', 'positions'], for: ['CABC', 'CXYZ'] } },
    { at: '09:26', do: 'sftp-key.renew', with: { participant: 'CABC', keepOld: '40m' } },
    { at: '09:28', do: 'sftp-key.renew', with: { participant: 'CXYZ' } },
    { at: '09:30', do: 'give-up.request', with: giveUp(1) },
    { at: '09:35', do: 'platform.save' },
    { at: '09:36', do: 'deal.match', with: { ...DEAL, quantity: 5 } },
    { at: '09:37', do: 'give-up.request', with: giveUp(3) },
    { at: '09:50', do: 'sftp-key.renew', with: { participant: 'CABC', keepOld: '30m' } },
    { at: '11:00', do: 'platform.fallback', with: { opensAfter: '10m' } },
  ],
};

/** All that a day tells of itself, to compare; key files by their number, as folders differ. */
export function all(sim: Simulator): unknown {
  const keys = Object.entries(sim.endpoints.files.keys).map(([user, file]) => [user, /keys\/(\d+)\//.exec(file)?.[1]]);
  const faults = sim.faults.list();
  return { state: stateOf(sim), faults, keys, fallback: sim.fallback(), journal: told(sim.journal.entries()) };
}
