import { administration } from './en/administration.ts';
import { columns } from './en/columns.ts';
import { dates } from './en/dates.ts';
import { effects } from './en/effects.ts';
import { entrance } from './en/entrance.ts';
import { frame } from './en/frame.ts';
import { functions } from './en/functions.ts';
import { lists } from './en/lists.ts';
import { postTradeRefusal, postTradeTitles } from './en/post-trade-refusals.ts';
import { requests } from './en/requests.ts';
import { sessionRefusal } from './en/session-refusals.ts';
import { words } from './en/words.ts';

/** Every text of the pages. What has a value in it is a function. */
export const ENGLISH = {
  administration,
  columns,
  dates,
  effects,
  entrance,
  frame,
  functions,
  lists,
  postTradeRefusal,
  postTradeTitles,
  requests,
  sessionRefusal,
  words,
};

/** What every language has; the compiler finds a text that one lacks. */
export type Texts = typeof ENGLISH;

/** What is said later, to a visitor whose language may be another one by then. */
export type Said<Words> = (texts: Texts) => Words;
