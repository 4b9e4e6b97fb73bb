import type { Texts } from './english.ts';
import { administration } from './zh-hant/administration.ts';
import { columns } from './zh-hant/columns.ts';
import { dates } from './zh-hant/dates.ts';
import { effects } from './zh-hant/effects.ts';
import { entrance } from './zh-hant/entrance.ts';
import { frame } from './zh-hant/frame.ts';
import { functions } from './zh-hant/functions.ts';
import { lists } from './zh-hant/lists.ts';
import { postTradeRefusal, postTradeTitles } from './zh-hant/post-trade-refusals.ts';
import { requests } from './zh-hant/requests.ts';
import { sessionRefusal } from './zh-hant/session-refusals.ts';
import { words } from './zh-hant/words.ts';

/**
 * ASSUMED: HKEX's screens have no public Chinese. The words are those of its Chinese notices and rules where they are
 * commonly known; where they are not, the English word stands behind in brackets.
 */
export const TRADITIONAL_CHINESE: Texts = {
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
