import type { EffectKind, Passage, PassageMeans } from './effect-kind.ts';
import { blackHole } from './effects/black-hole.ts';
import { corrupt } from './effects/corrupt.ts';
import { delay } from './effects/delay.ts';
import { disconnectInTransfer } from './effects/disconnect-in-transfer.ts';
import { drop } from './effects/drop.ts';
import { duplicate } from './effects/duplicate.ts';
import { halfClose } from './effects/half-close.ts';
import { hostKeyChanged } from './effects/host-key-changed.ts';
import { refuse } from './effects/refuse.ts';
import { reorder } from './effects/reorder.ts';
import { reset } from './effects/reset.ts';
import { slowHandshake } from './effects/slow-handshake.ts';
import { status } from './effects/status.ts';
import { throttle } from './effects/throttle.ts';
import { tls } from './effects/tls.ts';
import { truncate } from './effects/truncate.ts';
import { wrongSize } from './effects/wrong-size.ts';
import type { EffectName, FaultEffect } from './fault.ts';

/** Every fault, by its name. */
export const EFFECTS: { readonly [N in EffectName]: EffectKind<N> } = {
  delay,
  throttle,
  drop,
  reset,
  'black-hole': blackHole,
  'half-close': halfClose,
  truncate,
  corrupt,
  duplicate,
  reorder,
  refuse,
  tls,
  'host-key-changed': hostKeyChanged,
  'slow-handshake': slowHandshake,
  'disconnect-in-transfer': disconnectInTransfer,
  'wrong-size': wrongSize,
  status,
};

/** What is known of it without its numbers. */
export function kindOf(effect: FaultEffect): Pick<EffectKind, 'windows' | 'stages' | 'carriesOut'> {
  return EFFECTS[effect.do];
}

export function explainEffect(effect: FaultEffect, about: 'answers' | 'broadcasts'): string {
  return typed(effect).explain(effect, about);
}

/** Undefined for what does not act on the bytes of an answer. */
export function passageOf(effect: FaultEffect, means: PassageMeans): Passage | undefined {
  return typed(effect).passage?.(effect, means);
}

interface AnyKind {
  explain(effect: FaultEffect, about: 'answers' | 'broadcasts'): string;
  passage?(effect: FaultEffect, means: PassageMeans): Passage;
}

// The table gives each effect its own kind; the compiler cannot follow a union through it.
function typed(effect: FaultEffect): AnyKind {
  return EFFECTS[effect.do];
}
