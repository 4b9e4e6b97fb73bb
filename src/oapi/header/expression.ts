import { HeaderError, type Place, type Token } from './token.ts';

/** What a constant expression may use beside numbers. */
export interface Names {
  /** The value of a name; undefined where it has none. */
  value(name: string): bigint | undefined;
  /** Bytes of the type between the brackets of `sizeof`; absent where `sizeof` is not allowed. */
  readonly sizeOf?: (tokens: readonly Token[]) => bigint;
}

const LEVELS: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['|'],
  ['^'],
  ['&'],
  ['==', '!='],
  ['<', '>', '<=', '>='],
  ['<<', '>>'],
  ['+', '-'],
  ['*', '/', '%'],
];
const DEPTH_MAX = 200;

/** The value of a constant expression of whole numbers. @throws HeaderError at what cannot be read */
export function evaluate(all: readonly Token[], names: Names, after: Place): bigint {
  const tokens = all.filter(({ kind }) => kind !== 'comment');
  let at = 0;
  let depth = 0;
  const fail = (what: string): never => {
    const token = tokens[at];
    const found = token ? `"${token.text}"` : 'the end';
    throw new HeaderError(token ?? after, `${found} stands where ${what}`);
  };
  const take = (text: string): boolean => {
    if (tokens[at]?.text !== text) return false;
    at++;
    return true;
  };
  const choice = (): bigint => {
    if (++depth > DEPTH_MAX)
      throw new HeaderError(tokens[at] ?? after, `brackets are nested more than ${DEPTH_MAX} deep`);
    const asked = binary(0);
    depth--;
    if (!take('?')) return asked;
    const yes = choice();
    if (!take(':')) fail('":" is needed');
    const no = choice();
    return asked === 0n ? no : yes;
  };
  const binary = (level: number): bigint => {
    const operators = LEVELS[level];
    if (!operators) return unary();
    let left = binary(level + 1);
    for (;;) {
      const operator = tokens[at];
      if (!operator || !operators.includes(operator.text)) return left;
      at++;
      left = apply(operator, left, binary(level + 1));
    }
  };
  const unary = (): bigint => {
    const token = tokens[at];
    if (!token) return fail('a whole number is needed');
    at++;
    if (token.text === '-') return -deeper();
    if (token.text === '+') return deeper();
    if (token.text === '~') return ~deeper();
    if (token.text === '!') return deeper() === 0n ? 1n : 0n;
    if (token.text === '(') {
      const value = choice();
      if (!take(')')) fail('")" is needed');
      return value;
    }
    if (token.kind === 'number') return integerOf(token);
    if (token.kind === 'text' && /^'[^\\]'$/.test(token.text)) return BigInt(token.text.charCodeAt(1));
    if (token.text === 'sizeof' && names.sizeOf && take('(')) {
      const end = tokens.findIndex(({ text }, index) => index >= at && text === ')');
      if (end < 0) return fail('a type and ")" are needed');
      const value = names.sizeOf(tokens.slice(at, end));
      at = end + 1;
      return value;
    }
    at--;
    if (token.kind !== 'name') return fail('a whole number is needed');
    const value = names.value(token.text);
    if (value === undefined) throw new HeaderError(token, `${token.text} is no constant that is known here`);
    at++;
    return value;
  };
  const deeper = (): bigint => {
    if (++depth > DEPTH_MAX) throw new HeaderError(tokens[at] ?? after, `signs are nested more than ${DEPTH_MAX} deep`);
    const value = unary();
    depth--;
    return value;
  };
  const value = choice();
  if (at < tokens.length) fail('the expression should end');
  return value;
}

/** A whole number of C: decimal, octal or hexadecimal, with its suffix. */
function integerOf(token: Token): bigint {
  const match = /^(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9]\d*)(?:[uU]?[lL]{0,2}|[lL]{1,2}[uU])$/.exec(token.text);
  const digits = match?.[1];
  if (digits === undefined) throw new HeaderError(token, `${token.text} is no whole number`);
  return BigInt(/^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits);
}

function apply(operator: Token, a: bigint, b: bigint): bigint {
  const truth = (yes: boolean): bigint => (yes ? 1n : 0n);
  switch (operator.text) {
    case '||':
      return truth(a !== 0n || b !== 0n);
    case '&&':
      return truth(a !== 0n && b !== 0n);
    case '|':
      return a | b;
    case '^':
      return a ^ b;
    case '&':
      return a & b;
    case '==':
      return truth(a === b);
    case '!=':
      return truth(a !== b);
    case '<':
      return truth(a < b);
    case '>':
      return truth(a > b);
    case '<=':
      return truth(a <= b);
    case '>=':
      return truth(a >= b);
    case '<<':
    case '>>':
      if (b < 0n || b > 63n) throw new HeaderError(operator, `a shift by ${b} is not from 0 to 63`);
      return operator.text === '<<' ? a << b : a >> b;
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
  }
  if (b === 0n) throw new HeaderError(operator, 'a division by zero');
  return operator.text === '/' ? a / b : a % b;
}
