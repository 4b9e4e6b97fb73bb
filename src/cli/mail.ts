import type { Environment } from '../config.ts';
import { SimError } from '../sim-error.ts';
import { callControl } from './control-client.ts';
import { findControl } from './find-control.ts';
import { toTable, type Output } from './output.ts';

interface Mail {
  readonly number: number;
  readonly simTime: string;
  readonly to: readonly string[];
  readonly participant?: string;
  readonly subject: string;
  readonly text: string;
}

/** `dcass-sim mail`: what HKEX's desk has written in a running simulator; one mail by its number. */
export async function mail(
  number: string | undefined,
  flags: Record<string, string | boolean>,
  environment: Environment,
  output: Output,
): Promise<void> {
  const control = await findControl(flags, environment);
  if (number !== undefined) {
    const one = (await callControl(control, 'GET', `/v1/mail/${encodeURIComponent(number)}`)) as Mail;
    output.data(flags['json'] ? JSON.stringify(one) : toText(one));
    return;
  }
  const { participant } = flags;
  if (typeof participant === 'string' && !/^\w{1,10}$/.test(participant)) {
    throw new SimError('SIM_OPTION_INVALID', `--participant "${participant}" is no customer code; write CABC`);
  }
  const query = typeof participant === 'string' ? `?participant=${participant}` : '';
  const { mails } = (await callControl(control, 'GET', `/v1/mail${query}`)) as { readonly mails: readonly Mail[] };
  if (flags['json']) output.data(JSON.stringify(mails));
  else if (mails.length === 0) output.talk('No mail was written.');
  else {
    const rows = mails.map((each) => [
      `${each.number}`,
      each.simTime.slice(11, 16),
      each.participant ?? '',
      each.subject,
    ]);
    output.data(toTable([['MAIL', 'TIME', 'FOR', 'SUBJECT'], ...rows]));
  }
}

function toText({ simTime, to, subject, text }: Mail): string {
  return `To: ${to.join(', ')}\nDate: ${simTime.slice(0, 16).replace('T', ' ')}\nSubject: ${subject}\n\n${text}`;
}
