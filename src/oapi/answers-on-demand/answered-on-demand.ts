/** The code of what a rule has answered without asking the back end. */
export const ANSWERED_ON_DEMAND = 'answered-on-demand';
