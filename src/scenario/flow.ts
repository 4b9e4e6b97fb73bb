/** A value as a scenario file writes it on one line: `{ mode: enquiry-only }`. What is read from it is the same value. */
export function writeFlow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(writeFlow).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const pairs = Object.entries(value).flatMap(([key, item]) =>
      item === undefined ? [] : [`${writeText(key)}: ${writeFlow(item)}`],
    );
    return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`;
  }
  return typeof value === 'string' ? writeText(value) : String(value);
}

// Words, kinds and durations stand without quotes, as people write them; what YAML would read otherwise does not.
function writeText(text: string): string {
  const isPlain = /^[a-z][A-Za-z]*([.-][a-z]+)*$|^\d+[smhd]$/.test(text) && !/^(true|false|null)$/.test(text);
  return isPlain ? text : JSON.stringify(text);
}

/** A `${` that is meant is written `$${`. */
export function withReferences(text: string): string {
  return text.replaceAll('${', () => '$${');
}
