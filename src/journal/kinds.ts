import type { ClearingEvent } from '../clearing/event.ts';
import { SimError } from '../sim-error.ts';

/** What each kind of entry tells; the words in backticks are its fields (fields.ts). docs/reference/journal.md is the same table for readers; a test compares. */
const CLEARING: Readonly<Record<ClearingEvent['type'], string>> = {
  'phase-changed': 'DCASS opened, closed, or changed its mode: `phase`',
  'business-date-set': 'the business date rolled: `businessDate`',
  'input-cutoff-lifted':
    'HKEX takes input for a business date after its System Input Cutoff, until its day end: `businessDate`',
  'logged-in': 'a session began: `session`, `window`, `gateway`, `user`, `participant`, `restricted`',
  'login-failed': 'a wrong password was counted: `user`, `participant`, `failedLogins`',
  'session-ended': 'a session ended: `session`, `window`, `gateway`, `user`, `participant`, `reason`',
  'restriction-lifted': 'a session that could only change its password became a full one: `session`',
  'password-set': 'a password was set, never which: `user`, `participant`, `by`, `mustChange`, `expiresAt`',
  'password-expired': 'a password was made to expire: `user`, `participant`',
  'user-locked': 'a user was locked: `user`, `participant`',
  'user-unlocked': 'a user was unlocked: `user`, `participant`',
  'user-suspended': 'a user was suspended: `user`, `participant`',
  'user-reinstated': 'a suspension ended: `user`, `participant`',
  'user-functions-changed':
    'an Administrator changed the post-trade functions of a user: `user`, `participant`, `functions`',
  'deal-matched': 'a deal was matched: `deal`, `series`, `quantity`, `price`, `clearingDate`, `buyer`, `seller`',
  'deal-made':
    'a post-trade function or the day end made a deal: `deal`, `reason`, `series`, `quantity`, `price`, `clearingDate`, `buyer`, `seller`',
  'deal-annulled': 'HKEX annulled a deal: `deal`',
  'trade-changed': 'a trade changed: `trade`, `participant`, `series`, `state`, `remaining`, `held`',
  'give-up-changed':
    'a give-up was requested or answered: `giveUp`, `giver`, `taker`, `trade`, `series`, `quantity`, `state`',
  'rectification-changed': 'a rectification: `rectification`, `participant`, `trade`, `series`, `state`, `parts`',
  'average-price-trade-made':
    'trades were made into one: `trade`, `participant`, `series`, `quantity`, `price`, `members`',
  'close-out-changed':
    'a net-down, or its restoring: `closeOut`, `participant`, `account`, `series`, `quantity`, `restored`',
  'exercise-changed':
    'an exercise was requested, annulled or made: `exercise`, `participant`, `account`, `series`, `quantity`, `state`',
  'delivery-made':
    'something has to be delivered or paid: `delivery`, `participant`, `account`, `series`, `cause`, `dueDate`',
  'position-adjusted': 'a position changed without a trade: `participant`, `account`, `series`, `reason`, `change`',
  'account-changed': 'an account changed: `participant`, `account`, `state`, `access`',
  'price-set': 'a settlement price, or the price of an underlying: `of`, `price`',
  'day-ended': 'the day end of a business date was run: `businessDate`',
  'business-date-rolled': 'the next business date began: `from`, `to`',
  'message-sent': 'a clearing message was sent: `message`, `to`, `text`',
  'information-ready':
    'everybody was told that something can be fetched: `number` of the day, `information`, `businessDate`',
  'report-started':
    'a report is being written under its temporary name: `file`, `folder`; `unfit`, how many values its layout has no room for; `withheld` where it does not lie on the report server yet; `damage` where it is damaged: cut, rows, empty or bytes',
  'report-completed': 'a report is complete under its own name: `file`, `folder`',
  'report-released': 'a report that was late or withheld comes to the report server: `file`, `folder`',
  'report-republished':
    'a report is written once more, as it should have been: `file`, `folder`, and the file `of` before',
};

const OTHERS = {
  'clock.advanced': 'business time was moved: `from`',
  'clock.paused': 'business time stands still',
  'clock.resumed': 'business time runs: `speed`',
  'clock.began':
    'the day begins here (`--from`): what was due before it has happened with nobody connected, and is marked `history`',
  'checkpoint.saved': 'the day can be brought back to this entry: `checkpoint`',
  'checkpoint.restored':
    'the day is again what it was at entry `position`: `checkpoint`, and the time `from` which it went back. The entries between the two do not count any more',
  'scenario.step': 'a step of the timeline is performed: `step`, `verb`',
  'scenario.step-skipped':
    'a step did not happen: what it waits for was not seen in its span, it was decided so, or the step it follows did not happen: `step`',
  'scenario.gate-waiting':
    'a decision waits for the instructor: `gate`, `says`, and `byDefault`: what is decided where nobody decides',
  'scenario.gate-opened': 'it was decided that a step happens: `gate`, `by`',
  'scenario.gate-skipped': 'it was decided that a step does not happen: `gate`, `by`',
  'scenario.note': 'a note of the timeline: `text`',
  'scenario.refused': 'the state refused what a step asked for: `verb`, `code`',
  'scenario.gateway-stopped': 'gateways were stopped: `gateways`, `how`',
  'scenario.gateway-started': 'gateways were started again: `gateways`',
  'platform.fell-back':
    'HKEX went back to the old platform: `deals`, whether those of the trading system are there again, and `reInput`, how many clearing transactions are gone',
  'platform.re-input-due':
    'a clearing transaction that its participant has to input again: `item`, `participant`, `functionName`, `user`',
  'platform.re-input-matched': 'the old platform got a clearing transaction that was due: `item`, `participant`',
  'platform.re-input-complete': 'a participant has input again all that was due: `participant`',
  'platform.finding':
    'something is not as the rollout package asks for: `item` of its Appendix A, `text`, and `participant` where it is known',
  'server.connected':
    'a DCASS Server, or a probe in its place, connected to the old platform: `service`, `participant`, `address`',
  'control.injected': 'somebody made something happen: `verb`',
  'control.expectation-judged': 'the instructor decided of an expectation: `expectation`, `verdict`, `note`',
  'control.confirmation-received':
    'a Confirmation Form was recorded: `participant`, `late`, and whether it came by `mail` or by the control API (`via`)',
  'online.login': 'a login at DCASS Online: `user`, `participant`, `gateway`, `address`, `restricted`',
  'online.logout': 'a log-out at DCASS Online: `user`, `participant`, `gateway`',
  'online.password-change': 'a user changed the own password: `user`, `gateway`',
  'online.password-reset': 'an Administrator reset a password: `user`, `gateway`',
  'online.user-unlock': 'an Administrator unlocked a user: `user`, `gateway`',
  'online.access-change': 'an Administrator saved an access profile: `user`, `gateway`, `target`',
  'online.forced-logout': 'an Administrator logged a session out: `user`, `gateway`, `target`',
  'online.enquiry': 'a page was read: `page`, `format`, `rows`, `user`, `participant`, `gateway`',
  'online.post-trade': 'a post-trade function was asked for: `functionName`, `user`, `gateway`',
  'online.turned-away':
    'a client came to a stopped gateway and was cut off: `gateway`, `address`, `tries` since it stopped (of many tries the first twenty are told, then the 32nd, 64th …)',
  'online.invalid': 'a request that no page makes: a wrong token, origin, field or form',
  'oapi.dictionary':
    'the layouts of the day: `dictionary`, `family`; unsimulated with the transactions that are `missing`, and why',
  'oapi.connected': 'a connection: `gateway`, `address`',
  'oapi.disconnected': 'a connection ended: `gateway`, `reason`',
  'oapi.login': 'a login: `user`, `participant`, `gateway`, `completion`, `meaning`',
  'oapi.logout': 'a session ended: `user`, `gateway`, `reason`',
  'oapi.password-change': 'a set-new-password call: `user`, `gateway`, `completion`',
  'oapi.query': 'a query: `transaction`, `user`, `gateway`, `completion`, `status`, `rows`',
  'oapi.transaction':
    'a transaction: `transaction`, `user`, `gateway`, `completion`, `status`, and `applicationStatus` of a UI1',
  'oapi.answer-rule':
    'answers on demand: a `rule` was begun or ended (`change`), with what it is about, its `effect`, and at the end `why` and its `hits`',
  'oapi.info': 'a get-info call for what is not simulated',
  'oapi.notice': 'a network event was sent: `notice`, `gateway`, `user` where it was for one, `receivers`',
  'oapi.set-event': 'a subscription: `eventType`, and of a list its `broadcasts` with their `statuses`',
  'oapi.clear-event': 'subscriptions ended: `eventType`, and how many were `cleared`',
  'oapi.broadcast':
    'a broadcast was sent: `notice` (what happened), `broadcast` (its type), `participant`, `sequence`, `gateway`, `receivers`',
  'oapi.overflow': 'a client did not read in time, and broadcasts were lost to it: `user`, `gateway`, `lost`',
  'oapi.invalid': 'bytes or a message that the protocol does not allow: `problem`',
  'sftp.connected': 'a connection: `address`',
  'sftp.key-renewed':
    'the key of an SFTP user was renewed: `user`, `participant`, and `oldUntil` where the former key is still taken for a while',
  'sftp.key-ended': 'the former key of an SFTP user is not taken any longer: `user`, `participant`',
  'sftp.disconnected': 'a connection ended: `user`, `reason`',
  'sftp.login': 'a login with a key: `user`, `participant`, `address`, and the fingerprint of the public key',
  'sftp.download': 'a whole file was read: `user`, `participant`, `path`, `file`, `bytes`',
  'sftp.download-incomplete': 'a part of a file was read: `user`, `participant`, `path`, `file`, `bytes`',
  'sftp.refused': 'a write, a shell or a path that is not allowed: `operation`, `path`, `code`',
  'sftp.invalid': 'bytes that are no SSH',
  'mail.received': 'a mail came in: `from`, `bytes`, `address`',
  'mail.refused': 'a mail was not taken: `code`, `address`',
  'mail.sent': 'HKEX wrote a mail: `number`, `to`, `participant`, `subject`',
  'form.accepted':
    'a form in which everything is right: `form`, `participant`, and whose passwords are to be reset (`users`)',
  'form.refused': 'a form was bounced: `form`, `participant`, and what is wrong, by its `fields`',
  'fault.started':
    'a fault is in force: `fault`, its `effect`, its `listeners`, and what it does, in words (`explain`)',
  'fault.hit':
    'a fault hit something: `fault`, `effect`, `listener`, `hits` so far, and of what it hit `user`, `method`, `path`, `transaction`, `broadcast` or `operation`; after 20 only where the number has doubled',
  'fault.ended': 'a fault is over: `fault`, `effect`, its `hits`, and `why`: used-up, over or stopped',
  'simulator.ready':
    'every listener is bound: `scenario`, `plan`, and `sftpCrypto`: whether the report server encrypts by ssh2’s compiled addon (native) or in JavaScript, which is half as fast',
  'simulator.restarted':
    'a kept day goes on in a new process: `restarts`, and how many bytes of a broken end were `cut`. Whoever was connected is not',
  'simulator.not-kept': 'the state directory cannot be written: from here on nothing of the day is kept: `error`',
  'simulator.bug': 'a fault of the simulator itself; please report it',
} as const;

/** The closed list of kinds: an entry of another kind does not compile, an expectation of one is refused. */
export type JournalKind = `clearing.${ClearingEvent['type']}` | keyof typeof OTHERS;

export const JOURNAL_KINDS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(CLEARING).map(([type, says]) => [`clearing.${type}`, says])),
  ...OTHERS,
};

/** A sentence for each kind of a filter that no entry ever has. */
export function unknownKinds({ kind }: { readonly kind?: string | readonly string[] }): readonly string[] {
  const kinds = kind === undefined ? [] : typeof kind === 'string' ? [kind] : kind;
  return kinds.flatMap((each) => {
    const [source = ''] = each.split('.');
    const ofSource = Object.keys(JOURNAL_KINDS).filter((known) => known.startsWith(`${source}.`));
    if (Object.hasOwn(JOURNAL_KINDS, each) || (each === `${source}.*` && ofSource.length > 0)) return [];
    const sources = [...new Set(Object.keys(JOURNAL_KINDS).map((one) => `${one.split('.')[0]}.*`))];
    const known = ofSource.length > 0 ? ofSource : sources;
    return [`no journal entry is ever of the kind "${each}"; there are ${known.join(', ')}`];
  });
}

/** Refuses such a filter. @throws SimError SIM_OPTION_INVALID */
export function checkKinds(filter: { readonly kind?: string | readonly string[] }): void {
  const [trouble] = unknownKinds(filter);
  if (trouble !== undefined) throw new SimError('SIM_OPTION_INVALID', trouble);
}
