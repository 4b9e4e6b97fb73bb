/** What stands around every page. */
export const frame = {
  simulation: 'SIMULATION',
  skip: 'Skip to the content',
  time: 'Hong Kong Time',
  session: 'Session',
  gateway: (number: number) => `Gateway ${number}`,
  warning: 'Simulation for tests and training. This is not HKEX’s system. Never enter a real password.',
  footer: 'dcass-sim, a simulator of DCASS. Not operated by, connected to or endorsed by HKEX.',

  menu: 'Functions',
  approvals: 'Approvals',
  changePassword: 'Change password',
  logOut: 'Log out',
  unread: 'unread',

  phases: { 'enquiry-only': 'Enquiry only', normal: 'Normal', closed: 'Closed' },
  until: (phase: string, closesAt: string) => `${phase} — until ${closesAt}`,
  opens: (phase: string, opensAt: string) => `${phase} — opens at ${opensAt}`,
  ending: (closesAt: string) =>
    `This session ends at ${closesAt}. You will be logged out then: finish what you are doing.`,
  passwordExpires: (days: number) => `Your password expires in ${days} ${days === 1 ? 'day' : 'days'}.`,
  changeItNow: 'Change it now',

  noAnswer: 'No answer from this gateway.',
  tryOthers: (hosts: readonly string[]) =>
    `Try ${hosts.slice(0, -1).join(', ')}${hosts.length > 1 ? ' or ' : ''}${hosts.at(-1) ?? ''}.`,

  toThePositions: 'To the positions',
  backToThePositions: 'Back to the positions',
  toTheLogin: 'To the login',
};
