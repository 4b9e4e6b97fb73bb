import type { EffectKind } from '../effect-kind.ts';

/** A broadcast comes twice. */
export const duplicate: EffectKind<'duplicate'> = {
  name: 'duplicate',
  windows: ['oapi'],
  stages: ['broadcast'],
  carriesOut: true,
  explain: () => 'broadcasts come twice',
};
