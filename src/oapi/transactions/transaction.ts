import type { FunctionKind } from '../../clearing/decide-function.ts';
import type { NewEntry } from '../../journal/entry.ts';
import type { CompletionCode } from '../completion.ts';
import { bind, type BoundCodec } from '../dictionary/bind.ts';
import { FieldError } from '../dictionary/codec-error.ts';
import type { Dictionary } from '../dictionary/dictionary.ts';
import type { Shape, ValueOf } from '../dictionary/shape.ts';
import type { StructLayout } from '../dictionary/struct-layout.ts';
import type { CallContext } from '../gateway-context.ts';

export interface TransactionAnswer {
  readonly completion: CompletionCode;
  readonly status?: number;
  readonly message?: Buffer;
  readonly outcome: NonNullable<NewEntry['outcome']>;
  /** Why, where the outcome is not ok: a rejection code or a code of the transaction's own. */
  readonly code?: string;
  /** What was found and what is allowed, where the message itself is wrong. */
  readonly problem?: string;
  readonly rows?: number;
  readonly segment?: number;
  /** What the journal's entry has besides. */
  readonly journal?: Readonly<Record<string, unknown>>;
}

type Shapes = Readonly<Record<string | number, Shape>>;
export type Codecs<M extends Shapes> = { readonly [K in keyof M]: BoundCodec<ValueOf<M[K]>> };

/** What a transaction is, whatever the layouts: its meaning. One file each. */
export interface TransactionSpec<Q extends Shape, A extends Shapes, N extends Shapes> {
  /** `CQ3`. */
  readonly type: string;
  /** In the words of clearing, for people. */
  readonly meaning: string;
  /** Where it is known from, with its sureness. */
  readonly source: string;
  /** The call that carries it: one with an answer, or one without. */
  readonly call: 'query' | 'transaction';
  /** Post-trade is refused in enquiry-only mode. */
  readonly kind: FunctionKind;
  readonly request: Q;
  /** The answer's message, by its type: `CA3`. */
  readonly answers: A;
  /** The named structs that a variable answer carries, by number. */
  readonly named: N;
  /** The caller has checked session, phase and authorisation. @throws FieldError, RoomError */
  answer(request: ValueOf<Q>, call: TransactionCall<A, N>): TransactionAnswer;
}

export interface TransactionCall<A extends Shapes, N extends Shapes> extends RequestContext {
  readonly answers: Codecs<A>;
  readonly named: Codecs<N>;
}

export interface RequestContext extends CallContext {
  /** -18: a field of the request cannot be so: `throw call.badField(['item', 2, 'account'], 'found; allowed')`. */
  badField(path: readonly (string | number)[], problem: string): FieldError;
}

/** A transaction in the layouts of one dictionary. */
export interface BoundTransaction extends Pick<TransactionSpec<Shape, Shapes, Shapes>, 'type' | 'call' | 'kind'> {
  /** @throws SizeError, FieldError, RoomError */
  answer(message: Buffer, call: CallContext): TransactionAnswer;
}

export interface Transaction extends Pick<
  TransactionSpec<Shape, Shapes, Shapes>,
  'type' | 'meaning' | 'source' | 'call' | 'kind'
> {
  readonly answerTypes: readonly string[];
  /** Or what the dictionary lacks for it. */
  bindTo(dictionary: Dictionary): BoundTransaction | { readonly missing: readonly string[] };
}

type Loose<Q extends Shape, A extends Shapes, N extends Shapes> = Omit<
  TransactionSpec<Q, A, N>,
  'answers' | 'named' | 'request'
> & { readonly request?: Q; readonly answers?: A; readonly named?: N };

export function transaction<
  const Q extends Shape = Record<never, never>,
  const A extends Shapes = Record<never, never>,
  const N extends Shapes = Record<never, never>,
>(spec: Loose<Q, A, N>): Transaction {
  const { type, meaning, source, call, kind } = spec;
  const { request = {} as Q, answers = {} as A, named = {} as N } = spec;
  return {
    type,
    meaning,
    source,
    call,
    kind,
    answerTypes: Object.keys(answers),
    bindTo(dictionary) {
      const missing: string[] = [];
      const requestCodec = bindMessage(type, request, dictionary, missing);
      const answerCodecs = bindMessages(answers, dictionary, missing);
      const namedCodecs = bindNamedStructs(named, dictionary, missing);
      if (!requestCodec || missing.length > 0) return { missing };
      const badField = (path: readonly (string | number)[], problem: string): FieldError =>
        new FieldError(requestCodec.offsetOf(path), `${path.join('.')} is ${problem}`);
      return {
        type,
        call,
        kind,
        answer: (message, { gateway, session }) =>
          spec.answer(requestCodec.decode(message) as ValueOf<Q>, {
            gateway,
            session,
            answers: answerCodecs,
            named: namedCodecs,
            badField,
          }),
      };
    },
  };
}

/** Codecs of messages by type; what cannot be bound is in `missing`. */
export function bindMessages<M extends Shapes>(shapes: M, dictionary: Dictionary, missing: string[]): Codecs<M> {
  const bound = Object.entries(shapes).map(([type, shape]) => [type, bindMessage(type, shape, dictionary, missing)]);
  return Object.fromEntries(bound) as Codecs<M>;
}

export function bindNamedStructs<N extends Shapes>(shapes: N, dictionary: Dictionary, missing: string[]): Codecs<N> {
  const bound = Object.entries(shapes).map(([number, shape]) => {
    const layout = dictionary.namedStructs.get(Number(number));
    if (!layout) missing.push(`${dictionary.name} has no named struct ${number}`);
    return [number, layout && bindStruct(layout, shape, dictionary, missing)];
  });
  return Object.fromEntries(bound) as Codecs<N>;
}

function bindMessage(
  type: string,
  shape: Shape,
  dictionary: Dictionary,
  missing: string[],
): BoundCodec<unknown> | undefined {
  const message = dictionary.messages.get(type);
  if (message) return bindStruct(message.struct, shape, dictionary, missing);
  missing.push(`${dictionary.name} has no message ${type}`);
  return undefined;
}

function bindStruct(
  layout: StructLayout,
  shape: Shape,
  dictionary: Dictionary,
  missing: string[],
): BoundCodec<unknown> | undefined {
  const binding = bind(layout, shape, dictionary);
  if ('codec' in binding) return binding.codec;
  missing.push(...binding.missing);
  return undefined;
}
