/**
 * Rows of a table as they were written last, by the row itself and by everything else that they depend on. The clearing
 * state replaces what changes, so a row that is still the same object still looks the same.
 */
export class RememberedRows {
  readonly #rows = new WeakMap<object, Map<string, string>>();

  /** @param key the language, and what the viewer may do */
  markupOf(row: object, key: string, write: () => string): string {
    const known = this.#rows.get(row) ?? new Map<string, string>();
    const before = known.get(key);
    if (before !== undefined) return before;
    const markup = write();
    this.#rows.set(row, known.set(key, markup));
    return markup;
  }
}
