import type * as z from 'zod/mini';
import type { Path } from './source-node.ts';

/** Lists up to this length are validated with all the rest. */
const LIST_LENGTH = 1_000;
/** After so many wrong items of a list the others are not looked at: they count as wrong. */
const WRONG_ITEMS_MAX = 500;

/**
 * Validates items one by one where a list is long: the validator would carry the complaints of a hundred thousand
 * wrong rows upwards as arguments of one call, which is more than a stack holds.
 * @param schemaOf the schema of an item of the list at a path; undefined where no list belongs
 * @returns every complaint, and the paths of the items that nobody looked at
 */
export function validate(
  schema: z.ZodMiniType,
  value: unknown,
  schemaOf: (list: Path) => z.core.$ZodType | undefined,
): { readonly issues: readonly z.core.$ZodIssue[]; readonly unseen: readonly Path[] } {
  const long: { readonly path: Path; readonly items: readonly unknown[]; readonly item: z.ZodMiniType }[] = [];
  const shortened = shorten(value, [], (path, items) => {
    const item = schemaOf(path);
    if (!item) return items;
    long.push({ path, items, item: item as z.ZodMiniType });
    return items.slice(0, LIST_LENGTH);
  });
  const result = schema.safeParse(shortened);
  const issues: z.core.$ZodIssue[] = result.success ? [] : [...result.error.issues];
  const unseen: Path[] = [];
  for (const { path, items, item } of long) {
    let wrong = 0;
    for (let i = LIST_LENGTH; i < items.length; i++) {
      if (wrong >= WRONG_ITEMS_MAX) unseen.push([...path, i]);
      else {
        const each = item.safeParse(items[i]);
        if (each.success) continue;
        wrong += 1;
        for (const issue of each.error.issues) issues.push({ ...issue, path: [...path, i, ...issue.path] });
      }
    }
  }
  return { issues, unseen };
}

/** Copies only what holds a long list. */
function shorten(
  value: unknown,
  path: Path,
  cut: (path: Path, items: readonly unknown[]) => readonly unknown[],
): unknown {
  if (Array.isArray(value)) return value.length > LIST_LENGTH ? cut(path, value as readonly unknown[]) : value;
  // Long lists stand in a section, or are one.
  if (typeof value !== 'object' || value === null || path.length > 1) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, shorten(each, [...path, key], cut)]));
}
