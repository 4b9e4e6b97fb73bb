import type { Environment } from '../config.ts';
import { parseDuration } from '../time/duration.ts';
import { SimError } from '../sim-error.ts';
import { callControl, type ControlAddress } from './control-client.ts';
import { findControl } from './find-control.ts';
import type { Output } from './output.ts';
import { oneOf } from './up.ts';

interface ClockAnswer {
  readonly simTime: string;
  readonly mode: string;
  readonly speed: number;
  readonly nextDue: string | null;
}

/** `dcass-sim clock`: shows or moves a running simulator's clock. */
export async function clock(
  action: string,
  value: string | undefined,
  flags: Record<string, string | boolean>,
  environment: Environment,
  output: Output,
): Promise<void> {
  const known = oneOf('clock', action, ['show', 'advance', 'next', 'pause', 'resume']);
  const answer = (await ask(await findControl(flags, environment), known, value)) as ClockAnswer;
  if (flags['json']) output.data(JSON.stringify(answer));
  else {
    const moving = answer.mode === 'paused' ? 'paused' : `running at speed ${answer.speed}`;
    const next =
      answer.nextDue === null ? 'nothing more is due' : `next: ${answer.nextDue.slice(0, 19).replace('T', ' ')}`;
    output.data(`${answer.simTime.slice(0, 19).replace('T', ' ')} HKT, ${moving}, ${next}`);
  }
}

function ask(
  control: ControlAddress,
  action: 'show' | 'advance' | 'next' | 'pause' | 'resume',
  value: string | undefined,
): Promise<unknown> {
  switch (action) {
    case 'show':
      return callControl(control, 'GET', '/v1/clock');
    case 'advance':
      if (value === undefined)
        throw new SimError('SIM_OPTION_INVALID', 'clock advance needs a time (09:00) or a duration (30m)');
      return callControl(
        control,
        'POST',
        '/v1/clock/advance',
        parseDuration(value) === undefined ? { to: value } : { by: value },
      );
    case 'next':
    case 'pause':
      return callControl(control, 'POST', `/v1/clock/${action}`);
    case 'resume': {
      const speed = value === undefined ? undefined : Number(value);
      if (speed !== undefined && !(speed > 0))
        throw new SimError('SIM_OPTION_INVALID', `clock resume: the speed is "${value}"; it is a number above 0`);
      return callControl(control, 'POST', '/v1/clock/resume', speed === undefined ? {} : { speed });
    }
  }
}
