import type { Notice } from '../../clearing/feed/notices.ts';
import type { CustomerCode } from '../../clearing/participant.ts';
import type { UserId } from '../../clearing/user.ts';
import type { BoundCodec } from '../dictionary/bind.ts';
import type { Dictionary } from '../dictionary/dictionary.ts';
import type { Shape, ValueOf } from '../dictionary/shape.ts';
import type { GatewayContext } from '../gateway-context.ts';
import { bindMessages, bindNamedStructs, type Codecs } from '../transactions/transaction.ts';

type Shapes = Readonly<Record<string | number, Shape>>;
export type NoticeOf<K extends Notice['kind']> = Extract<Notice, { readonly kind: K }>;

/** To the users of one participant, or to everybody: oapi-facts.md 1.2, information types 4 and 1. */
export type Audience = 'dedicated' | 'general';

/** What a broadcast is, whatever the layouts: its meaning. One file each. */
export interface BroadcastSpec<K extends Notice['kind'], S extends Shape, N extends Shapes> {
  /** `BD39`. */
  readonly type: string;
  /** In the words of clearing, for people. */
  readonly meaning: string;
  /** Where it is known from, with its sureness. */
  readonly source: string;
  readonly audience: Audience;
  /** What in the model makes it. */
  readonly notice: K;
  readonly message: S;
  /** The named structs that a variable message carries, by number. */
  readonly named: N;
  /** @throws RoomError where the dictionary has no room for a value */
  encode(notice: NoticeOf<K>, to: BroadcastEncoding<S, N>): Buffer;
  /** The number by which a client finds a gap and asks for what it missed. */
  sequenceOf?(notice: NoticeOf<K>): number;
  /** Whose broadcast it is, for those who want only their own. */
  userOf?(notice: NoticeOf<K>): UserId | undefined;
}

export interface BroadcastEncoding<S extends Shape, N extends Shapes> {
  readonly gateway: GatewayContext;
  readonly message: BoundCodec<ValueOf<S>>;
  readonly named: Codecs<N>;
}

/** A broadcast in the layouts of one dictionary. */
export interface BoundBroadcast {
  readonly type: string;
  readonly audience: Audience;
  /** Whether it says whose it is. */
  readonly namesUser: boolean;
  /** @throws RoomError */
  encode(notice: Notice, gateway: GatewayContext): Buffer;
  about(notice: Notice): About;
}

/** Of whom and what one broadcast is. */
export interface About {
  /** Undefined: to everybody. */
  readonly participant: CustomerCode | undefined;
  readonly user: UserId | undefined;
  readonly sequence: number | undefined;
}

export interface Broadcast {
  readonly type: string;
  readonly meaning: string;
  readonly source: string;
  readonly audience: Audience;
  readonly notice: Notice['kind'];
  /** Or what the dictionary lacks for it. */
  bindTo(dictionary: Dictionary): BoundBroadcast | { readonly missing: readonly string[] };
}

export function broadcast<
  K extends Notice['kind'],
  const S extends Shape,
  const N extends Shapes = Record<never, never>,
>(spec: Omit<BroadcastSpec<K, S, N>, 'named'> & { readonly named?: N }): Broadcast {
  const { type, meaning, source, audience, notice, named = {} as N } = spec;
  return {
    type,
    meaning,
    source,
    audience,
    notice,
    bindTo(dictionary) {
      const missing: string[] = [];
      const messages = bindMessages({ [type]: spec.message }, dictionary, missing);
      const namedCodecs = bindNamedStructs(named, dictionary, missing);
      const message = messages[type];
      if (!message || missing.length > 0) return { missing };
      return {
        type,
        audience,
        namesUser: spec.userOf !== undefined,
        encode: (told, gateway) => spec.encode(told as NoticeOf<K>, { gateway, message, named: namedCodecs }),
        about: (told) => ({
          participant: told.participant,
          user: spec.userOf?.(told as NoticeOf<K>),
          sequence: spec.sequenceOf?.(told as NoticeOf<K>),
        }),
      };
    },
  };
}
