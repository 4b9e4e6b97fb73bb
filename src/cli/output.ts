/** Where a command prints: data on stdout, talk on stderr. Passed in, so that tests read it. */
export interface Output {
  data(text: string): void;
  talk(text: string): void;
  readonly colour: boolean;
  /** Width of the terminal; without end where there is none, so that a log keeps one line per event. */
  readonly columns: number;
}

export function processOutput(noColour: boolean): Output {
  // Whoever read this has read enough (`| head`): like any tool in a pipe, it ends without a word.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });
  return {
    data: (text) => void process.stdout.write(`${text}\n`),
    talk: (text) => void process.stderr.write(`${text}\n`),
    colour: process.stdout.isTTY === true && !noColour,
    columns: process.stdout.isTTY === true ? process.stdout.columns : Infinity,
  };
}

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';

const CODES: Readonly<Record<Style, readonly [number, number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
};

/** The text in a style, or as it is where colours are off. */
export function styled(output: Pick<Output, 'colour'>, style: Style, text: string): string {
  const [on, off] = CODES[style];
  return output.colour ? `\u001b[${on}m${text}\u001b[${off}m` : text;
}

/** Columns padded to their widest cell, two blanks apart; the last is not padded. */
export function toTable(rows: readonly (readonly string[])[], indent = ''): string {
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, i) => (widths[i] = Math.max(widths[i] ?? 0, cell.length)));
  return rows
    .map((row) =>
      (indent + row.map((cell, i) => (i === row.length - 1 ? cell : cell.padEnd(widths[i] ?? 0))).join('  ')).trimEnd(),
    )
    .join('\n');
}
