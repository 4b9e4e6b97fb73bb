/** A row of docs/reference/faults.md: a fault, and what each client reports of it. */
export interface FaultRow {
  readonly effect: string | object;
  /** Of `online-1`, to curl. */
  readonly online?: object | true;
  /** Of `sftp`, to OpenSSH. */
  readonly sftp?: object | true;
  /** Of `oapi-1`, to a C program. */
  readonly oapi?: object | true;
  readonly chromium?: true;
  /** The clients are given little patience, so that the test need not wait for what never comes. */
  readonly isAwaited?: true;
}

/** Everything of the catalogue but what is about broadcasts. `true`: everything at the listener is hit. */
export const FAULT_ROWS: readonly FaultRow[] = [
  { effect: { delay: '300ms' }, online: true, sftp: { operations: ['open'] }, oapi: { transactions: ['CQ3'] } },
  { effect: { delay: '3s' }, isAwaited: true, online: true, oapi: { transactions: ['CQ3'] } },
  { effect: { throttle: 20_000 }, online: true, sftp: true, oapi: true },
  { effect: 'drop', isAwaited: true, online: true, sftp: { operations: ['read'] }, oapi: { transactions: ['CQ3'] } },
  {
    effect: 'reset',
    online: { path: '/login' },
    sftp: { operations: ['read'] },
    oapi: { transactions: ['CQ3'] },
    chromium: true,
  },
  { effect: 'black-hole', isAwaited: true, online: true, sftp: true, oapi: true },
  {
    effect: 'half-close',
    online: true,
    sftp: { operations: ['read'] },
    oapi: { transactions: ['CQ3'] },
    chromium: true,
  },
  { effect: { truncate: 40 }, online: true, sftp: { operations: ['read'] }, oapi: { transactions: ['CQ3'] } },
  { effect: { truncate: 1500 }, online: true },
  {
    effect: { corrupt: 1 },
    isAwaited: true,
    online: true,
    sftp: { operations: ['read'] },
    oapi: { transactions: ['CQ3'] },
  },
  { effect: 'refuse', online: true, sftp: true, oapi: true, chromium: true },
  { effect: { tls: 'expired' }, online: true, chromium: true },
  { effect: { tls: 'wrong-name' }, online: true, chromium: true },
  { effect: { tls: 'unknown-ca' }, online: true, chromium: true },
  { effect: { tls: 'old-version' }, online: true, chromium: true },
  { effect: 'host-key-changed', sftp: true },
  { effect: { 'slow-handshake': '3s' }, isAwaited: true, sftp: true },
  { effect: { 'disconnect-in-transfer': 100 }, sftp: true },
  { effect: { 'wrong-size': -50 }, sftp: true },
  { effect: { 'wrong-size': 50 }, sftp: true },
  { effect: { status: 503 }, online: true, chromium: true },
  { effect: { status: 4 }, sftp: { operations: ['open'] } },
  { effect: { status: 'OMNIAPI_NOBACKEND' }, oapi: { transactions: ['CQ3'] } },
];
