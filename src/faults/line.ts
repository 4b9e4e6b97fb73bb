import type { Socket } from 'node:net';
import type { WallClock } from '../host/wall-clock.ts';
import { passageOf } from './catalogue.ts';
import type { PassageMeans } from './effect-kind.ts';
import type { FaultHit } from './live-faults.ts';
import { OutgoingTap } from './outgoing-tap.ts';

/** A connection, as faults see it. */
export class Line {
  readonly #raw: Socket;
  readonly #tap: OutgoingTap;
  readonly #wall: Pick<WallClock, 'after'>;
  #isSilent = false;

  /** @param plain where the server writes: the TLS socket, where there is one. @param raw the TCP socket below */
  constructor(plain: Socket, raw: Socket, wall: Pick<WallClock, 'after'>) {
    this.#raw = raw;
    this.#tap = new OutgoingTap(plain);
    this.#wall = wall;
  }

  /** Whether nothing is sent on it any more, whoever writes. */
  get isSilent(): boolean {
    return this.#isSilent;
  }

  /**
   * Does to the connection, or to what is written from here on, what the fault says. Dispose when the answer has been
   * written; what concerns the connection stays.
   * @param scope `connection`: to each write from here on, and not to one answer.
   */
  apply({ effect, random }: FaultHit, scope: 'answer' | 'connection' = 'answer'): Disposable {
    if (effect.do === 'reset') {
      this.#raw.resetAndDestroy();
      return NOTHING_TO_END;
    }
    const means: PassageMeans = {
      random,
      isOnce: scope === 'answer',
      wait: (ms) => this.#wait(ms),
      cut: () => this.#raw.destroy(),
    };
    const passage = passageOf(effect, means);
    if (!passage) return NOTHING_TO_END;
    const open = this.#tap.open(passage);
    if (effect.do !== 'black-hole' && effect.do !== 'half-close') return open;
    this.#isSilent = true;
    // The raw socket ends: below TLS, whose goodbye would be an answer.
    if (effect.do === 'half-close') this.#raw.end();
    return NOTHING_TO_END;
  }

  #wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const socket = this.#raw;
      const done = (): void => {
        timer[Symbol.dispose]();
        socket.off('close', done);
        resolve();
      };
      const timer = this.#wall.after(ms, done);
      socket.once('close', done);
    });
  }
}

const NOTHING_TO_END: Disposable = { [Symbol.dispose]: () => undefined };
