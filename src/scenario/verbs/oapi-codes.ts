import { COMPLETION_NAMES } from '../../family/completion-names.ts';
import { OTHER_STATUS_NAMES, STATUS_NAMES } from '../../family/status-names.ts';
import { unknownName } from '../names.ts';
import type { Refuse } from '../source-node.ts';

interface Found<T> {
  readonly code: T | undefined;
}

type Refused = { readonly refused: true };

/** A completion code as a number; its names stand for the same number in every dictionary. */
export function toCompletion(written: number | string | undefined, refuse: Refuse): Found<number> | Refused {
  if (typeof written !== 'string') return { code: written };
  const code = Object.hasOwn(COMPLETION_NAMES, written) ? COMPLETION_NAMES[written] : undefined;
  if (code !== undefined) return { code };
  refuse(['completion'], unknownName('completion code', written, Object.keys(COMPLETION_NAMES)));
  return { refused: true };
}

/** A transaction status as a number, or as a name of the dictionary's codes: generations have different numbers. */
export function toStatus(written: number | string | undefined, refuse: Refuse): Found<number | string> | Refused {
  if (typeof written !== 'string') return { code: written };
  const code = SITUATIONS.get(written);
  if (code !== undefined) return { code };
  const names = [...SITUATIONS.values(), ...OTHER_STATUS_NAMES];
  if (names.includes(written)) return { code: written };
  refuse(['status'], unknownName('transaction status', written, [...SITUATIONS.keys(), ...names]));
  return { refused: true };
}

/** `invalid-account` for CL_OMN_INVACCOUNT: what the refusals of this simulator mean. */
const SITUATIONS: ReadonlyMap<string, string> = new Map(
  Object.entries(STATUS_NAMES).map(([situation, name]) => [
    situation.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
    name,
  ]),
);
