/**
 * The name of a report that is published again: `TRADES_CABC_20190506_1845_V2.csv`, then `_V3`, the first that is free.
 * ASSUMED: how HKEX names a report that it publishes again is not public; `world.reports.republished` can also keep the name.
 */
export function versionName(fileName: string, isTaken: (name: string) => boolean): string {
  const dot = fileName.lastIndexOf('.');
  const [stem, ending] = dot > 0 ? [fileName.slice(0, dot), fileName.slice(dot)] : [fileName, ''];
  const first = stem.replace(/_V\d+$/, '');
  for (let version = 2; ; version += 1) {
    const name = `${first}_V${version}${ending}`;
    if (!isTaken(name)) return name;
  }
}
