import { SimError } from '../sim-error.ts';
import type { ScenarioAction } from './action.ts';
import { checkShape } from './issues.ts';
import { namesOf } from './names.ts';
import type { Scenario } from './scenario.ts';
import { fromPlain, type Path } from './source-node.ts';
import { unknownVerb } from './unknown-verb.ts';
import { findVerb } from './verbs/catalogue.ts';

/** The world in which the action will be performed. */
export interface ActionContext {
  readonly scenario: Pick<Scenario, 'world' | 'gateways' | 'oldPlatform'>;
}

/**
 * Reads a verb and its arguments that arrive while the day runs, from an instructor, a test or the
 * control API. A fault may be without an end here: whoever started it can end it.
 * @throws SimError SIM_VERB_INVALID, with what is wrong, what is allowed, and the nearest spelling
 */
export function parseAction(verbName: string, args: unknown, context: ActionContext): ScenarioAction {
  const verb = findVerb(verbName);
  if (!verb) throw new SimError('SIM_VERB_INVALID', unknownVerb(verbName).message);
  const given = args ?? {};
  const root = fromPlain(given, { file: verbName, line: 1, column: 1 });
  const troubles: string[] = checkShape(verb.schema, root, given).problems.map((problem) => problem.message);
  if (troubles.length === 0) {
    const refuse = (path: Path, { message }: { readonly message: string }): void =>
      void troubles.push(`${path.join('.')}: ${message}`);
    const action = verb.toAction(given, { names: namesOf(context.scenario), refuse, inTimeline: false });
    if (action && troubles.length === 0) return action;
  }
  throw new SimError('SIM_VERB_INVALID', `${verbName}: ${troubles.join('; and ')}`);
}
