/** Whether an IPv4 address lies in one of the ranges, each `a.b.c.d/n`. An address that is not IPv4 lies in none. */
export function isInRanges(address: string, ranges: readonly string[]): boolean {
  const number = parseIpv4(address.replace(/^::ffff:/, ''));
  return number !== undefined && ranges.some((range) => contains(range, number));
}

/** True for `a.b.c.d/n` with n from 0 to 32. */
export function isRange(text: string): boolean {
  const [address = '', bits = ''] = text.split('/');
  return parseIpv4(address) !== undefined && /^\d{1,2}$/.test(bits) && Number(bits) <= 32;
}

function contains(range: string, address: number): boolean {
  const [base = '', bits = '32'] = range.split('/');
  const start = parseIpv4(base);
  if (start === undefined) return false;
  const size = 2 ** (32 - Number(bits));
  return Math.floor(address / size) === Math.floor(start / size);
}

function parseIpv4(text: string): number | undefined {
  const parts = text.split('.');
  if (parts.length !== 4) return undefined;
  let number = 0;
  for (const part of parts) {
    if (!/^(0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) return undefined;
    number = number * 256 + Number(part);
  }
  return number;
}
