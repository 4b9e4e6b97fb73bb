import type { JournalEntry } from '../journal/entry.ts';

/** The other reasons have a line of their own, or come by the hundred at day end. */
const TOLD_BY_THE_DEAL: readonly string[] = ['transfer-from-transitory', 'position-transfer'];

const STOPPED: Readonly<Record<string, string>> = {
  refuse: 'connections are refused',
  reset: 'connections are reset',
  'black-hole': 'no answer ever comes',
  slow: 'each answer comes late',
  'expired-certificate': 'the certificate has ended',
};

/** What the live view says of a journal entry, in plain words; undefined for what only programs need. */
export function describeEntry(entry: JournalEntry): string | undefined {
  const t = (field: string): string => toText(entry[field]);
  const at = entry['gateway'] === undefined ? '' : ` at ${t('gateway')}`;
  switch (entry.kind) {
    case 'clearing.phase-changed':
      return (
        { closed: 'DCASS is closed', 'enquiry-only': 'DCASS is open for enquiry only', normal: 'DCASS is open' }[
          t('phase')
        ] ?? t('phase')
      );
    case 'clearing.session-ended':
      return `${t('user')} is logged out${at}: ${t('reason').replaceAll('-', ' ')}`;
    case 'clearing.deal-matched':
      return `deal ${t('deal')}: ${t('quantity')} ${t('series')} at ${t('price')}`;
    case 'clearing.give-up-changed':
      return `give-up ${t('giveUp')} of ${t('quantity')} ${t('series')} from ${t('giver')} to ${t('taker')}: ${t('state')}`;
    case 'clearing.rectification-changed':
      return `${t('participant')}: rectification ${t('rectification')} of trade ${t('trade')}: ${t('state')}`;
    case 'clearing.average-price-trade-made':
      return `${t('participant')}: average price trade ${t('trade')}: ${t('quantity')} ${t('series')} at ${t('price')}`;
    case 'clearing.exercise-changed':
      return `${t('participant')}: exercise ${t('exercise')} of ${t('quantity')} ${t('series')} in ${t('account')}: ${t('state')}`;
    case 'clearing.close-out-changed':
      return `${t('participant')}: close-out ${t('closeOut')} of ${t('quantity')} ${t('series')} in ${t('account')}${entry['restored'] === 0 ? '' : `, ${t('restored')} restored`}`;
    case 'clearing.deal-annulled':
      return `deal ${t('deal')} is annulled`;
    case 'clearing.account-changed':
      return `account ${t('account')} of ${t('participant')}: ${t('state')}, access ${t('access')}`;
    case 'clearing.price-set':
      return `price of ${t('of')}: ${t('price')}`;
    case 'clearing.day-ended':
      return `day end of ${t('businessDate')}`;
    case 'clearing.business-date-rolled':
      return `business date ${t('to')}`;
    case 'oapi.dictionary': {
      const missing = Object.keys(entry['missing'] ?? {});
      return missing.length === 0
        ? undefined
        : `the OAPI dictionary ${t('dictionary')} has no layout for ${missing.join(', ')}: refused as unsimulated`;
    }
    case 'clearing.message-sent':
      return `message to ${t('to')}: ${t('text')}`;
    case 'clearing.information-ready':
      return `information is ready: ${t('information')}`;
    case 'clearing.report-started': {
      const facts = [
        ...(entry['unfit'] === undefined ? [] : [`${t('unfit')} values do not fit and are printed as ####`]),
        ...(entry['withheld'] === true ? ['it is held back'] : []),
        ...(entry['damage'] === undefined ? [] : [`it is damaged (${t('damage')})`]),
      ];
      return facts.length === 0 ? undefined : `report ${t('file')}: ${facts.join('; ')}`;
    }
    case 'clearing.report-released':
      return `report ${t('file')} comes to the report server`;
    case 'clearing.report-republished':
      return `report ${t('file')} is published again, after ${t('of')}`;
    case 'sftp.key-renewed':
      return `${t('user')} has a new key${entry['oldUntil'] === undefined ? '; the former one is refused' : `; the former one is taken until ${t('oldUntil').slice(0, 19).replace('T', ' ')}`}`;
    case 'sftp.key-ended':
      return `${t('user')}: the former key is refused from now on`;
    case 'clearing.report-completed':
      return `report ${t('file')} is ready`;
    case 'clearing.user-locked':
    case 'clearing.user-unlocked':
    case 'clearing.user-suspended':
    case 'clearing.user-reinstated':
    case 'clearing.password-expired':
      return `${t('user')}: ${entry.kind.slice('clearing.'.length).replaceAll('-', ' ')}`;
    // These are told by the window's own entry, or matter to programs only.
    case 'clearing.logged-in':
    case 'clearing.login-failed':
    case 'clearing.restriction-lifted':
    case 'clearing.password-set':
    case 'clearing.user-functions-changed':
    case 'clearing.deal-made':
      return TOLD_BY_THE_DEAL.includes(t('reason'))
        ? `deal ${t('deal')}, ${t('reason').replaceAll('-', ' ')}: ${t('quantity')} ${t('series')}`
        : undefined;
    case 'clearing.position-adjusted':
      return toAdjustment(entry, t);
    case 'clearing.trade-changed':
    case 'clearing.delivery-made':
    case 'clearing.input-cutoff-lifted':
    case 'clearing.business-date-set':
    case 'simulator.ready':
      return undefined;
    case 'clock.advanced':
      return `moved on from ${t('from').slice(11, 19)}`;
    case 'clock.began':
      return 'the day begins here; what is before is history';
    case 'checkpoint.saved':
      return `checkpoint ${t('checkpoint')} is saved`;
    case 'checkpoint.restored':
      return `back to checkpoint ${t('checkpoint')}, from ${t('from').slice(11, 19)}`;
    case 'simulator.restarted':
      return `the day goes on in a new process, restart ${t('restarts')}`;
    case 'simulator.not-kept':
      return `the day is not kept any more: ${t('error')}`;
    case 'clock.paused':
      return 'the clock stands still';
    case 'clock.resumed':
      return entry['speed'] === 1 ? 'the clock runs' : `the clock runs ${t('speed')} times as fast`;
    case 'scenario.gateway-stopped':
      return `${listed(entry['gateways'])} stopped: ${STOPPED[t('how')] ?? t('how')}`;
    case 'scenario.gateway-started':
      return `${listed(entry['gateways'])} started`;
    case 'fault.started':
      return `fault ${t('fault')}: ${t('explain')}`;
    case 'fault.hit':
      return `fault ${t('fault')} hits ${t('listener')} (${t('hits')})`;
    case 'fault.ended':
      return `fault ${t('fault')} is over, hits: ${t('hits')}`;
    case 'control.confirmation-received':
      return `${t('participant')} handed in the Confirmation Form, ${entry['late'] === true ? 'late' : 'on time'}`;
    case 'mail.received':
      return `a mail from ${t('from') || 'nobody'}`;
    case 'mail.sent':
      return `mail ${t('number')} to ${listed(entry['to'])}: ${t('subject')}`;
    case 'form.accepted':
      return `${t('participant')}: form taken, ${t('form')}${entry['users'] === undefined ? '' : ` of ${listed(entry['users'])}`}`;
    case 'form.refused':
      return `${t('participant')} form not accepted: ${listed(entry['fields'])}`.trim();
    case 'scenario.note':
      return t('text');
    case 'scenario.step':
      return undefined;
    case 'platform.fell-back':
      return `HKEX falls back to the old platform; clearing transactions to be re-input: ${t('reInput')}`;
    case 'platform.re-input-due':
      return `${t('participant')} has to re-input item ${t('item')}: ${t('functionName')}`;
    case 'platform.re-input-matched':
      return `${t('participant')} has re-input item ${t('item')}`;
    case 'platform.re-input-complete':
      return `${t('participant')} has re-input everything`;
    case 'platform.finding':
      return `finding (Appendix A, item ${t('item')}): ${t('text')}`;
    case 'scenario.step-skipped':
      return `${t('step')} does not happen`;
    case 'scenario.gate-waiting':
      return `${t('says')} The instructor decides: dcass-sim gate open ${t('gate')}, or skip`;
    case 'scenario.gate-opened':
      return `decided: ${t('gate')} happens${t('by') === 'default' ? ', by default' : ''}`;
    case 'scenario.gate-skipped':
      return `decided: ${t('gate')} does not happen${t('by') === 'default' ? ', by default' : ''}`;
    default:
      return describeWindowEntry(entry);
  }
}

// What a net-down, exercise or expiry takes has a line of its own.
function toAdjustment(entry: JournalEntry, t: (field: string) => string): string | undefined {
  const reason = t('reason');
  if (reason !== 'deny-exercise' && reason !== 'cover') return undefined;
  const [[what, by] = ['', 0]] = Object.entries(entry['change'] as Record<string, number>);
  return `${t('participant')}: ${by < 0 ? '' : '+'}${by} ${t('series')} ${what} in ${t('account')}`;
}

/** A field that is a text, a number or a yes; anything else is for programs. */
function toText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

function listed(names: unknown): string {
  return Array.isArray(names) ? names.join(', ') : '';
}

/** Connections come and go by the hundred; the live view leaves them to the journal. */
const QUIET = /\.(connected|disconnected|connection|tick)$/;

function describeWindowEntry(entry: JournalEntry): string | undefined {
  if (QUIET.test(entry.kind)) return undefined;
  const [, what = entry.kind] = entry.kind.split('.');
  const who = toText(entry['user'] ?? entry['participant']);
  const subject = [
    'page',
    'transaction',
    'functionName',
    'file',
    'path',
    'operation',
    'verb',
    'report',
    'text',
    'found',
  ]
    .map((field) => toText(entry[field]))
    .find((text) => text !== '');
  const rows = entry['rows'] === undefined ? '' : `, ${toText(entry['rows'])} rows`;
  const where = entry['gateway'] === undefined ? '' : ` at ${toText(entry['gateway'])}`;
  const failed =
    entry.outcome !== undefined && entry.outcome !== 'ok'
      ? ` ${entry.outcome}${entry.code ? `: ${entry.code}` : ''}`
      : '';
  return `${who} ${what.replaceAll('-', ' ')}${subject === undefined ? '' : ` ${subject}`}${rows}${where}${failed}`.trim();
}
