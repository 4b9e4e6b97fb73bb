/** Where a list of names is too long to read, this many are printed. */
const NAMES_PRINTED_MAX = 12;

/**
 * The candidate that `text` was most likely meant to be; undefined when none is near: at most one
 * edit for short words, two from five letters, three from ten. Case does not count.
 */
export function nearest(text: string, candidates: Iterable<string>): string | undefined {
  const wanted = text.toLowerCase();
  const limit = wanted.length < 5 ? 1 : wanted.length < 10 ? 2 : 3;
  let best: { readonly name: string; readonly distance: number } | undefined;
  for (const name of candidates) {
    if (Math.abs(name.length - wanted.length) > limit) continue;
    const distance = editDistance(wanted, name.toLowerCase());
    if (distance <= limit && (!best || distance < best.distance)) best = { name, distance };
  }
  return best?.name;
}

/**
 * Damerau-Levenshtein distance (optimal string alignment): insertions, deletions, replacements and
 * exchanges of two neighbours that turn `a` into `b`.
 */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let distance = Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        distance = Math.min(distance, at(beforeLast, j - 2) + 1);
      }
      row.push(distance);
    }
    beforeLast = last;
    last = row;
  }
  return at(last, b.length);
}

/** `a, b, c` or, where there are many, the first ones and how many more. */
export function listNames(names: Iterable<string>): string {
  const all = [...names];
  if (all.length === 0) return 'none';
  const more = all.length - NAMES_PRINTED_MAX;
  return more > 0 ? `${all.slice(0, NAMES_PRINTED_MAX).join(', ')} and ${more} more` : all.join(', ');
}

/** Found text as a message quotes it: control characters shown, long texts cut. */
export function quoteFound(text: string): string {
  const shown = JSON.stringify(text);
  return shown.length <= 50 ? shown : `${shown.slice(0, 46)}…"`;
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? 0;
}
