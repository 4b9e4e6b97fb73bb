import { kindOf } from '../../faults/catalogue.ts';
import { windowOf, type FaultEffect, type FaultWindow } from '../../faults/fault.ts';
import { parseTransportDuration } from '../../time/duration.ts';
import type { Refuse } from '../source-node.ts';
import type { EffectArgs, MeasuredArgs } from './fault-shapes.ts';
import { toCompletion } from './oapi-codes.ts';

/** Reads what a fault does. What is wrong has been refused when it is undefined. */
export function toEffect(written: EffectArgs, listeners: readonly string[], refuse: Refuse): FaultEffect | undefined {
  const effect = typeof written === 'string' ? { do: written } : toMeasured(written, listeners, refuse);
  if (!effect) return undefined;
  const { windows } = kindOf(effect);
  for (const listener of listeners) {
    const window = windowOf(listener);
    if (window && windows.includes(window)) continue;
    refuse(['effect'], { message: `${effect.do} cannot be had at ${listener}; it is for ${sayWindows(windows)}` });
    return undefined;
  }
  return effect;
}

const WINDOWS: Readonly<Record<FaultWindow, string>> = {
  online: 'DCASS Online',
  oapi: 'OAPI gateways',
  sftp: 'sftp',
  mail: 'mail',
  server: 'dcass-server',
};

export function sayWindows(windows: readonly FaultWindow[]): string {
  return windows
    .map((window) => WINDOWS[window])
    .join(', ')
    .replace(/, ([^,]*)$/, ' and $1');
}

function toMeasured(args: MeasuredArgs, listeners: readonly string[], refuse: Refuse): FaultEffect | undefined {
  const given = Object.entries(args).filter(([, value]) => value !== undefined);
  const [first, second] = given.map(([key]) => key);
  if (first === undefined) {
    refuse(['effect'], { message: 'nothing says what happens; write for example effect: { delay: 2s }' });
    return undefined;
  }
  if (second !== undefined) {
    refuse(['effect', second], {
      message: `one fault does one thing; keep ${first}: or ${second}:, and write a second fault`,
    });
    return undefined;
  }
  const { delay, throttle, truncate, corrupt, tls, status } = args;
  if (delay !== undefined) return toDelay(delay, refuse);
  if (throttle !== undefined) return { do: 'throttle', bytesPerSecond: throttle };
  if (truncate !== undefined) return { do: 'truncate', afterBytes: truncate };
  if (corrupt !== undefined) return { do: 'corrupt', bytes: corrupt };
  if (tls !== undefined) return { do: 'tls', what: tls };
  if (status !== undefined) return toStatus(status, listeners, refuse);
  const { 'slow-handshake': slow, 'disconnect-in-transfer': afterBytes, 'wrong-size': byBytes } = args;
  if (slow !== undefined) {
    const ms = toMs(slow, ['effect', 'slow-handshake'], refuse);
    return ms === undefined ? undefined : { do: 'slow-handshake', ms };
  }
  if (afterBytes !== undefined) return { do: 'disconnect-in-transfer', afterBytes };
  if (byBytes === undefined || byBytes === 0) {
    refuse(['effect', 'wrong-size'], { message: 'with 0 bytes the size is right; write for example wrong-size: -100' });
    return undefined;
  }
  return { do: 'wrong-size', byBytes };
}

function toDelay(delay: NonNullable<MeasuredArgs['delay']>, refuse: Refuse): FaultEffect | undefined {
  if (typeof delay === 'string') {
    const ms = toMs(delay, ['effect', 'delay'], refuse);
    return ms === undefined ? undefined : { do: 'delay', fromMs: ms, toMs: ms };
  }
  const fromMs = parseTransportDuration(delay.from) ?? 0;
  const end = toMs(delay.to, ['effect', 'delay', 'to'], refuse);
  if (end === undefined) return undefined;
  if (end < fromMs) {
    refuse(['effect', 'delay', 'to'], {
      message: `${delay.to} is shorter than ${delay.from}; write the shorter one under from:`,
    });
    return undefined;
  }
  return { do: 'delay', fromMs, toMs: end };
}

function toMs(text: string, path: readonly string[], refuse: Refuse): number | undefined {
  const ms = parseTransportDuration(text);
  if (ms !== undefined && ms > 0) return ms;
  refuse(path, { message: 'a delay of no length is none; write for example 2s', found: text });
  return undefined;
}

function toStatus(written: number | string, listeners: readonly string[], refuse: Refuse): FaultEffect | undefined {
  const path = ['effect', 'status'];
  const windows = new Set(listeners.map(windowOf));
  if (windows.has('oapi')) {
    if (windows.size > 1) {
      refuse(path, { message: 'a status means something else in each protocol; write one fault for each' });
      return undefined;
    }
    const { code } = { code: undefined, ...toCompletion(written, (_path, problem) => refuse(path, problem)) };
    return code === undefined ? undefined : { do: 'status', status: code };
  }
  const [from, to, what] = windows.has('online') ? [400, 599, 'an HTTP status'] : [2, 8, 'a status of SFTP'];
  if (windows.size === 1 && typeof written === 'number' && written >= from && written <= to)
    return { do: 'status', status: written };
  refuse(path, { message: `found ${written}; here it is ${what} from ${from} to ${to}`, found: String(written) });
  return undefined;
}
