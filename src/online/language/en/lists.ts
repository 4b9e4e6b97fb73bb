/** The lists and what one does with them. */
export const lists = {
  /** By the name of the page: `/give-ups`. */
  pages: {
    positions: { title: 'Positions', empty: 'There are no positions.' },
    'close-outs': { title: 'Close-outs', empty: 'There are no close-outs.' },
    trades: { title: 'Trades', empty: 'There are no trades.' },
    rectifications: { title: 'Rectifications', empty: 'There are no rectifications.' },
    'average-price-trades': { title: 'Average price trades', empty: 'There are no average price trades.' },
    accounts: { title: 'Accounts', empty: 'There are no accounts.' },
    'give-ups': { title: 'Give-ups', empty: 'There are no give-ups.' },
    exercises: { title: 'Exercises', empty: 'There are no exercise requests, exercises or assignments.' },
    deliveries: { title: 'Deliveries', empty: 'There are no deliveries.' },
    series: { title: 'Series', empty: 'There are no series.' },
    messages: { title: 'Messages', empty: 'There are no clearing messages.' },
    approvals: { title: 'Waiting for a second user', empty: 'Nothing waits for a second user.' },
    users: { title: 'Users', empty: 'There are no users.' },
    sessions: { title: 'Sessions', empty: 'Nobody is logged in.' },
  },
  caption: (title: string, of: { readonly participant: string; readonly date: string; readonly filters: string }) =>
    `${title} of ${of.participant}, business date ${of.date}${of.filters}`,
  captionFilter: (label: string, text: string) => `, ${label.toLowerCase()} ${text}`,
  nothingMatches: 'Nothing matches the filter.',
  action: 'Action',
  total: 'Total',

  /** By the name of the filter. */
  filters: {
    trade: 'Trade',
    series: 'Series',
    account: 'Account',
    state: 'State',
    kind: 'Kind',
    direction: 'Direction',
    from: 'From',
    until: 'Until',
    date: 'Business date',
  },
  beginsWith: 'begins with',
  rows: 'Rows',
  show: 'Show',
  all: 'All',
  rowCount: (count: number, text: string) => `${text} ${count === 1 ? 'row' : 'rows'}`,
  rowRange: (first: string, last: string, all: string) => `Rows ${first} to ${last} of ${all}`,
  sum: (column: string, sum: string) => `${column.toLowerCase()} ${sum}`,
  first: 'First',
  previous: 'Previous',
  next: 'Next',
  last: 'Last',

  unknownParameter: 'Unknown parameter',
  noParameter: (name: string, known: string) => `This page has no parameter "${name}"; it has ${known}.`,
  onlyOnce: (name: string) => `The parameter "${name}" may come once.`,
  noFormat: (known: string, text: string) => `The format is ${known}, not "${text}".`,
  noTime: (label: string, text: string) => `${label} is a time as 09:30 or 2019-05-06 09:30, not "${text}".`,
  noChoice: (label: string, known: readonly string[], text: string) =>
    `The ${label.toLowerCase()} is ${known.join(' or ')}, not "${text}".`,
  noSort: (known: string, text: string) =>
    `The rows can be sorted by ${known}, each with - in front for the other way, not by "${text}".`,
  noPage: (text: string) => `The page is a number from 1, not "${text}".`,
  noSize: (max: number, text: string) => `A page has 1 to ${max} rows, not "${text}".`,

  businessDates: (now: string, previous: string, next: string) =>
    `The business date is ${now}; the one before it ${previous}, the next one ${next}.`,
  trade: (number: number) => `Trade ${number}`,
  noSuchTrade: 'No such trade',
  chain: 'Chain of deals',
  chainCaption: 'The trades from which it came, and those that came of it and of them, oldest first',
  allTrades: 'All trades',
};
