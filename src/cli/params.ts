import { SimError } from '../sim-error.ts';

/** Reads `--param name=value`, as often as it was given; from the environment it is one text with blanks. @throws SimError SIM_OPTION_INVALID */
export function toParams(given: readonly string[] | string | undefined): Readonly<Record<string, string>> {
  const texts = typeof given === 'string' ? given.split(/\s+/).filter((text) => text !== '') : (given ?? []);
  const pairs = texts.map((text) => {
    const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
    if (name === undefined || value === undefined) {
      throw new SimError('SIM_OPTION_INVALID', `--param is "${text}"; it is a name and a value: closes=11:30`);
    }
    return [name, value] as const;
  });
  const twice = pairs.find(([name], i) => pairs.findIndex(([other]) => other === name) !== i);
  if (twice) throw new SimError('SIM_OPTION_INVALID', `--param ${twice[0]} is given twice; give it once`);
  return Object.fromEntries(pairs);
}
