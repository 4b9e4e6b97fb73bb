import type { FaultHit } from '../faults/live-faults.ts';
import { readType } from './dictionary/codec-code.ts';
import { rawCodec } from './dictionary/codec.ts';
import type { GatewayContext, LoggedIn } from './gateway-context.ts';
import type { BadRequest, MessageRequest, Request } from './request.ts';

/** The fault that hits a call, if one does. */
export function faultAt(
  request: Request | BadRequest,
  session: LoggedIn | undefined,
  gateway: GatewayContext,
): FaultHit | undefined {
  const { faults } = gateway;
  if (!faults || faults.isQuiet) return undefined;
  const isMessage = request.op === 'transaction' || request.op === 'query';
  return faults.take({
    stages: ['answer'],
    listeners: [gateway.name],
    user: session?.user ?? (request.op === 'login' ? request.user : undefined),
    transaction: isMessage && request.message.length >= 4 ? readType(request.message, 0) : undefined,
    fields: isMessage ? () => fieldsOf(request, gateway) : undefined,
    operation: request.op,
  });
}

/** The members of a request by the dictionary in use; of a message of varying length those of its head. */
function fieldsOf(
  { message }: MessageRequest,
  { protocol }: GatewayContext,
): Readonly<Record<string, unknown>> | undefined {
  const { dictionary } = protocol;
  const known = dictionary.messages.get(readType(message, 0));
  if (!known) return undefined;
  const { struct, variable } = known;
  try {
    return rawCodec(struct, dictionary).decode(variable === undefined ? message : message.subarray(0, struct.size));
  } catch {
    // What cannot be read has no fields; the gateway itself says what is wrong with it.
    return undefined;
  }
}
