import { Option, type Command } from 'commander';
import { addDictionaryCommands } from './dictionary-commands.ts';
import type { ExplainFlags } from './explain.ts';
import type { OapiFlags } from './oapi.ts';
import type { ExecFlags } from './sealed/exec.ts';
import { addTalkingCommands, type Shared } from './talking-commands.ts';

/** Options that a start of a day has too. */
interface SharedOptions extends Shared {
  readonly startOptions: readonly Option[];
  readonly paramOption: Option;
  readonly templatesOption: Option;
}

/** All commands but those that start a day. */
export function addOtherCommands(
  program: Command,
  { environment, output, startOptions, seedOption, stateDirOption, paramOption, templatesOption }: SharedOptions,
): void {
  program
    .command('exec')
    .argument('<command...>', 'what to run, after "--"')
    .usage('[options] -- <command...>')
    .description('run a command inside a sealed run that is going on')
    .option('--pid <n>', 'the process number of its "dcass-sim run"; left out: the only one')
    .addOption(stateDirOption)
    .passThroughOptions()
    .action(async (command: string[], flags: ExecFlags) => {
      const { exec } = await import('./sealed/exec.ts');
      process.exitCode = await exec(command, flags, environment);
    });

  program
    .command('check')
    .argument('<file...>', 'scenario files, or names of shipped days')
    .description('validate scenario files')
    .option('--json', 'the problems as JSON')
    .addOption(new Option('--format <format>', 'how problems are printed').choices(['text', 'github']).default('text'))
    .action(async (files: string[], flags: { json?: boolean; format: 'text' | 'github' }) => {
      const { check } = await import('./check.ts');
      process.exitCode = await check(files, flags, output);
    });

  program
    .command('explain')
    .argument('<scenario>', 'a shipped day by its name, or a file')
    .description('print the day as a rundown table')
    .addOption(
      new Option('--format <format>', 'the table’s format').choices(['text', 'md', 'csv', 'json']).default('text'),
    )
    .option('--json', 'the same as --format json')
    .addOption(paramOption)
    .action(async (scenario: string, flags: ExplainFlags) => {
      const { explain } = await import('./explain.ts');
      process.exitCode = await explain(scenario, flags, output);
    });

  program
    .command('import-timeline')
    .argument('<file>', 'a CSV file with a step in each row')
    .description('write the steps of a CSV file as the timeline of a scenario file')
    .action(async (file: string) => {
      const { importTimeline } = await import('./import-timeline.ts');
      process.exitCode = await importTimeline(file, output);
    });

  program
    .command('hosts')
    .description('print what /etc/hosts needs for the four gateways')
    .addOption(startOptions[0] as Option)
    .option('--json', 'as JSON')
    .action(async (flags: { plan?: string; json?: boolean }) => {
      const { hosts } = await import('./hosts.ts');
      hosts(flags, output);
    });

  program
    .command('certs')
    .description('make the local CA and certificates, and say how to trust them')
    .addOption(stateDirOption)
    .option('--json', 'as JSON')
    .action(async (flags: { stateDir?: string; json?: boolean }) => {
      const { certs } = await import('./certs.ts');
      await certs(flags, environment, output);
    });

  program
    .command('keys')
    .argument('<sftp-user...>', 'SFTP users: the customer codes of the scenario, for example CABC')
    .description('make the SFTP key pair of a user, and print where it is')
    .addOption(stateDirOption)
    .option('--json', 'as JSON')
    .action(async (users: string[], flags: { stateDir?: string; json?: boolean }) => {
      const { keys } = await import('./keys.ts');
      await keys(users, flags, environment, output);
    });

  addTalkingCommands(program, { environment, output, stateDirOption, seedOption });

  const reports = program
    .command('reports')
    .description('list the reports; print one; write their templates')
    .option('--json', 'the catalogue as JSON')
    .action(async (flags: { json?: boolean }) => {
      const { listReports } = await import('./reports.ts');
      listReports(flags, output);
    });
  reports
    .command('export')
    .argument('<folder>', 'where the files go; none is overwritten')
    .description('write the shipped layouts as templates to start from')
    .action(async (folder: string) => {
      const { exportReports } = await import('./reports.ts');
      await exportReports(folder, output);
    });
  reports
    .command('show')
    .argument('<report>', 'a report of the list, for example trades')
    .description('print a report of a day')
    .option('--scenario <scenario>', 'a shipped day by its name, or a file', 'verification-day')
    .option('--participant <code>', 'whose; left out: the first one')
    .option('--at <time>', 'after the timeline until then, "18:50"; left out: at the start')
    .option('--made <when>', 'intra-day, after-cutoff or day-end; left out: as at that time')
    .addOption(templatesOption)
    .addOption(seedOption)
    .action(async (report: string, flags: Record<string, string>) => {
      const { showReport } = await import('./reports.ts');
      await showReport(report, flags, output);
    });

  program
    .command('oapi')
    .argument(
      '[command...]',
      'query, transact, listen, login, info, show, script FILE, help; left out: from standard input',
    )
    .description('an OAPI client: log in, then query, transact, listen')
    .addOption(new Option('--user <user>', 'an OAPI user, for example BO_CABC801').env('DCASS_OAPI_USER'))
    .option('--password-file <file>', 'its password; or DCASS_OAPI_PASSWORD; a simulator that runs here tells it')
    .option('--new-password-file <file>', 'changes the password after the login')
    .option('--forced', 'take over a session that the user has already')
    .option('--address <host:port>', 'a gateway; left out: of the simulator that runs here')
    .addOption(new Option('--gateway <n>', 'the first or the second one').choices(['1', '2']).default('1'))
    .addOption(
      new Option('--dictionary <name|file>', 'the layouts that the gateway speaks; genium').env('DCASS_SIM_DICTIONARY'),
    )
    .option('--keep-going', 'a script goes on after a line that was refused')
    .addOption(stateDirOption)
    .option('--json', 'one JSON object a line')
    .passThroughOptions()
    .action(async (words: string[], flags: OapiFlags) => {
      const { oapi } = await import('./oapi.ts');
      process.exitCode = await oapi(words, flags, environment, output);
    });

  addDictionaryCommands(program, { environment, output, stateDirOption, seedOption });
}
