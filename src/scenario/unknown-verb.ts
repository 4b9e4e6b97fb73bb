import { nearest, quoteFound } from './nearest.ts';
import type { ProblemText } from './problem.ts';
import { VERBS } from './verbs/catalogue.ts';

/** The words for a verb that is not in the catalogue. */
export function unknownVerb(found: string): ProblemText {
  const allowed = VERBS.map((verb) => verb.name);
  const near = nearest(found, allowed);
  const noun = (near ?? found).split('.')[0];
  const ofNoun = allowed.filter((verb) => verb.split('.')[0] === noun);
  const write =
    near !== undefined
      ? `write ${near} (verbs: ${ofNoun.join(', ')}; docs/reference/scenario.md has all)`
      : ofNoun.length > 0
        ? `write one of ${ofNoun.join(', ')}; docs/reference/scenario.md has all`
        : `a verb begins with ${nounsOf(allowed)}; docs/reference/scenario.md has all`;
  return {
    message: `there is no verb ${quoteFound(found)}; ${write}`,
    found,
    allowed,
    ...(near === undefined ? {} : { nearest: near }),
  };
}

function nounsOf(verbs: readonly string[]): string {
  return [...new Set(verbs.map((verb) => verb.split('.')[0] ?? verb))].join(', ');
}
