import type { FunctionPage } from './function-page.ts';
import {
  annulExercise,
  confirmRectification,
  rejectGiveUp,
  rejectRectification,
  restorePosition,
  takeUp,
} from './decision-functions.ts';
import {
  coverPosition,
  denyExercise,
  netDownPosition,
  requestExercise,
  transferPosition,
} from './position-functions.ts';
import { averagePriceTrade, giveUp, giveUpTrade, rectifyTrade, transferFromTransitory } from './trade-functions.ts';

/** Every post-trade function of DCASS Online: dcass-facts.md 2.1. */
export const FUNCTION_PAGES: readonly FunctionPage[] = [
  rectifyTrade,
  transferFromTransitory,
  averagePriceTrade,
  confirmRectification,
  rejectRectification,
  giveUpTrade,
  giveUp,
  takeUp,
  rejectGiveUp,
  transferPosition,
  netDownPosition,
  restorePosition,
  coverPosition,
  requestExercise,
  annulExercise,
  denyExercise,
];
