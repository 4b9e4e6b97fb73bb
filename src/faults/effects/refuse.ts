import type { EffectKind } from '../effect-kind.ts';

/** Nobody listens: new connections are refused by the operating system. Those that are open stay. */
export const refuse: EffectKind<'refuse'> = {
  name: 'refuse',
  windows: ['online', 'oapi', 'sftp', 'mail', 'server'],
  stages: ['port'],
  carriesOut: false,
  explain: () => 'new connections are refused; open ones stay',
};
