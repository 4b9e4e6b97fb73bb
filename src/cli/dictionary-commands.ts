import { Option, type Command } from 'commander';
import type { ImportFlags } from './dictionary.ts';
import type { Shared } from './talking-commands.ts';

/** `dcass-sim dictionary …` */
export function addDictionaryCommands(program: Command, { environment, output, stateDirOption }: Shared): void {
  const dictionary = program.command('dictionary').description('message layouts: import C headers, show, compare');
  const dictionaryOptions = [stateDirOption, new Option('--json', 'as JSON')];
  const ofDictionary = (command: Command): Command => {
    for (const option of dictionaryOptions) command.addOption(option);
    return command;
  };
  const gather = (each: string, all: readonly string[] = []): readonly string[] => [...all, each];
  ofDictionary(dictionary.command('import'))
    .argument('<header...>', 'your licensed C headers, in the order in which a program includes them')
    .description('read C headers into a private dictionary')
    .option('-I, --include <folder>', 'where #include looks too; may be given again', gather)
    .option('-D, --define <name[=value]>', 'a macro, as for a compiler; may be given again', gather)
    .option('--name <name>', 'the dictionary’s name; left out: the first header’s')
    .option('--out <file>', 'where it is written; left out: in the state directory')
    .addOption(new Option('--long <bytes>', 'the size of long; left out: a long is not read').choices(['4', '8']))
    .addOption(new Option('--family <family>', 'left out: by the size of the account').choices(['genium', 'click']))
    .option('--codes-prefix <text>', 'numbers of such names are codes too; may be given again', gather)
    .option('--strict', 'write nothing when anything was not read')
    .action(async (headers: string[], flags: ImportFlags) => {
      const { importDictionary } = await import('./dictionary.ts');
      process.exitCode = await importDictionary(headers, flags, environment, output);
    });
  ofDictionary(dictionary.command('list'))
    .description('the shipped dictionaries and your own')
    .action(async (flags: { stateDir?: string; json?: boolean }) => {
      const { listDictionaries } = await import('./dictionary.ts');
      listDictionaries(flags, environment, output);
    });
  ofDictionary(dictionary.command('show'))
    .argument('<dictionary>', 'a shipped one, one of your own, or a file')
    .argument('[name...]', 'structs or types, for example CQ10; left out: the list of messages')
    .description('print layouts with offsets')
    .option('--c', 'as a C header of our own')
    .action(async (which: string, names: string[], flags: { stateDir?: string; json?: boolean; c?: boolean }) => {
      const { showDictionary } = await import('./dictionary.ts');
      await showDictionary(which, names, flags, environment, output);
    });
  ofDictionary(dictionary.command('diff'))
    .argument('<a>', 'a dictionary: shipped, your own, or a file')
    .argument('<b>', 'the other one')
    .description('compare two dictionaries field by field; 1 when they differ')
    .action(async (a: string, b: string, flags: { stateDir?: string; json?: boolean }) => {
      const { diffDictionaries } = await import('./dictionary.ts');
      process.exitCode = await diffDictionaries(a, b, flags, environment, output);
    });
}
