import { nearest, quoteFound } from './nearest.ts';
import { VERBS_NOT_YET } from './not-yet.ts';
import type { ProblemText } from './problem.ts';
import { VERBS } from './verbs/catalogue.ts';

/** The words for a verb that is not in the catalogue. */
export function unknownVerb(found: string): ProblemText {
  const allowed = VERBS.map((verb) => verb.name);
  if (VERBS_NOT_YET.includes(found)) {
    return {
      message: `${found} is not simulated yet; remove the step; docs/reference/scenario.md has the verbs that are`,
      found,
      allowed,
    };
  }
  const near = nearest(found, allowed);
  const noun = near?.split('.')[0];
  return {
    message:
      near === undefined
        ? `there is no verb ${quoteFound(found)}; a verb begins with ${nounsOf(allowed)}; docs/reference/scenario.md has all`
        : `there is no verb ${quoteFound(found)}; write ${near} (verbs: ${allowed.filter((verb) => verb.split('.')[0] === noun).join(', ')}; docs/reference/scenario.md has all)`,
    found,
    allowed,
    ...(near === undefined ? {} : { nearest: near }),
  };
}

function nounsOf(verbs: readonly string[]): string {
  return [...new Set(verbs.map((verb) => verb.split('.')[0] ?? verb))].join(', ');
}
