import type { EffectKind } from '../effect-kind.ts';

/** A broadcast is overtaken by the one after it, or comes about a second late where none follows. */
export const reorder: EffectKind<'reorder'> = {
  name: 'reorder',
  windows: ['oapi'],
  stages: ['broadcast'],
  carriesOut: true,
  explain: () => 'a broadcast comes after the one that follows it',
};
