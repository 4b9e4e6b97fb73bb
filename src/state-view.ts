import type { ClearingCore } from './clearing/core.ts';
import type { StateView } from './control/port.ts';
import { toIso } from './time/instant.ts';

/** The state as the control API shows it: who, in which phase, with how many rows. */
export function stateView(
  core: ClearingCore,
  scenario: string,
  connections: Readonly<Record<string, number>>,
): StateView {
  return {
    scenario,
    simTime: toIso(core.now()),
    businessDate: core.businessDate(),
    phase: core.phase(),
    sessions: core.sessions().map(({ id, user, window, gateway }) => ({ id, user, window, gateway })),
    participants: core.participants().map(({ code, name, clearingHouses }) => {
      const book = core.book(code);
      return {
        code,
        name,
        clearingHouses,
        users: core.usersOf(code).map(({ id, kind, state }) => ({ id, kind, state })),
        trades: book?.trades.size ?? 0,
        positions: book?.positions.size ?? 0,
      };
    }),
    connections,
  };
}
