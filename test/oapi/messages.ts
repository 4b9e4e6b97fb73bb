import { rawCodec, type Codec } from '../../src/oapi/dictionary/codec.ts';
import { openDictionary, type Dictionary } from '../../src/oapi/dictionary/dictionary.ts';
import { shippedDictionary } from '../../src/dictionaries.ts';
import { openProtocol, type Protocol } from '../../src/oapi/protocol.ts';
import type {
  AccountFields,
  PartyFields,
  SeriesFields,
  TradingCodeFields,
} from '../../src/oapi/transactions/shapes.ts';

// Messages by their types, as a client's program has them: every field by its own name, from the layouts alone. What a
// message leaves out is zeros, which in a text of a search is any. The types below are what the tests look at.

export const genium: Dictionary = openDictionary(shippedDictionary('genium'));

export const geniumProtocol: Protocol = openProtocol(genium);

/** The older generation: 20-byte accounts and 32-bit quantities. */
export const click: Dictionary = openDictionary(shippedDictionary('click'));

type Fields = Readonly<Record<string, unknown>>;

/** Encodes a message of `dictionary`: `message('CQ3', { segment_number: 1 })`. */
export function message(type: string, fields: Fields = {}, dictionary = genium): Buffer {
  return codecOf(type, dictionary).encode(fields, type);
}

/** Decodes a message; its items are cut to the used ones. */
export function read<T = Record<string, unknown>>(type: string, bytes: Buffer, dictionary = genium): T {
  return codecOf(type, dictionary).decode(bytes) as T;
}

/** Decodes the header of a variable message. */
export function readHeader<T = Record<string, unknown>>(type: string, bytes: Buffer, dictionary = genium): T {
  return read<T>(type, bytes.subarray(0, bytesOf(type, dictionary)), dictionary);
}

export function readNamed<T = Record<string, unknown>>(number: number, bytes: Buffer, dictionary = genium): T {
  const layout = dictionary.namedStructs.get(number);
  if (!layout) throw new Error(`${dictionary.name} has no named struct ${number}`);
  return rawCodec(layout, dictionary).decode(bytes) as T;
}

/** Bytes of the struct of a message. */
export function bytesOf(type: string, dictionary = genium): number {
  return codecOf(type, dictionary).layout.size;
}

/** The offset of a member, the way a compiler counts: `offsetOf('CQ3', 'segment_number')`. */
export function offsetOf(type: string, member: string, dictionary = genium): number {
  const found = codecOf(type, dictionary).layout.members.find((each) => each.name === member);
  if (!found) throw new Error(`${type} has no member ${member}`);
  return found.offset;
}

const known = new WeakMap<Dictionary, Map<string, Codec<Record<string, unknown>>>>();

function codecOf(type: string, dictionary: Dictionary): Codec<Record<string, unknown>> {
  const codecs = known.get(dictionary) ?? new Map<string, Codec<Record<string, unknown>>>();
  known.set(dictionary, codecs);
  const layout = dictionary.messages.get(type)?.struct;
  if (!layout) throw new Error(`${dictionary.name} has no message ${type}`);
  const codec = codecs.get(type) ?? rawCodec(layout, dictionary);
  codecs.set(type, codec);
  return codec;
}

export interface AnswerPositionItem {
  readonly series: SeriesFields;
  readonly modified_date: string;
  readonly modified_time: string;
  readonly nbr_held: bigint;
  readonly nbr_written: bigint;
  readonly deny_exercise: bigint;
  readonly account: AccountFields;
  readonly quantity_cover: number;
  readonly qty_closed_out: bigint;
}

export interface AnswerPosition {
  readonly segment_number: number;
  readonly partition_low: SeriesFields;
  readonly partition_high: SeriesFields;
  readonly item: readonly AnswerPositionItem[];
}

/** Named struct 3. */
export interface ClTradeBase {
  readonly trading_code: TradingCodeFields;
  readonly series: SeriesFields;
  readonly give_up_member: PartyFields;
  readonly sequence_number: number;
  readonly trade_number: number;
  readonly deal_price: number;
  readonly trade_quantity: bigint;
  readonly account: AccountFields;
  readonly customer_info: string;
  readonly bought_or_sold: number;
  readonly open_close_req: number;
  readonly trade_type: number;
  readonly user_code: TradingCodeFields;
  readonly created_date: string;
  readonly created_time: string;
  readonly asof_date: string;
  readonly asof_time: string;
  readonly modified_date: string;
  readonly modified_time: string;
  readonly trade_state: number;
  readonly deal_number: number;
  readonly orig_trade_number: number;
  readonly orig_series: SeriesFields;
  readonly clearing_date: string;
  readonly execution_timestamp: { readonly seconds: number; readonly nanoseconds: number };
}

/** Named struct 20. */
export interface ClTradeSecurPart {
  readonly pos_account: AccountFields;
  readonly rem_quantity: bigint;
  readonly quantity: bigint;
  readonly combo_deal_price: number;
  readonly clearing_date: string;
  readonly give_up_state: number;
  readonly open_close: number;
}
