import { nearest, quoteFound } from './nearest.ts';
import { VERBS_NOT_YET } from './not-yet.ts';
import type { ProblemText } from './problem.ts';
import { VERBS } from './verbs/catalogue.ts';

/** The words for a verb that is not in the catalogue. */
export function unknownVerb(found: string): ProblemText {
  const allowed = VERBS.map((verb) => verb.name);
  if (VERBS_NOT_YET.includes(found)) {
    return {
      message: `${found} is not simulated yet; remove the step, or write one of: ${allowed.join(', ')}`,
      found,
      allowed,
    };
  }
  const near = nearest(found, allowed);
  return {
    message: `there is no verb ${quoteFound(found)}; write ${near ?? 'one of these'} (verbs: ${allowed.join(', ')})`,
    found,
    allowed,
    ...(near === undefined ? {} : { nearest: near }),
  };
}
