import { Command, CommanderError, Option } from 'commander';
import { readEnvironment, VERSION } from '../config.ts';
import { SimError } from '../sim-error.ts';
import type { ImportFlags } from './dictionary.ts';
import type { FormFlags } from './forms.ts';
import type { ExplainFlags } from './explain.ts';
import type { OapiFlags } from './oapi.ts';
import { processOutput } from './output.ts';
import { RUN_HELP } from './run/help.ts';
import type { RunFlags } from './run.ts';
import type { ExecFlags } from './sealed/exec.ts';
import type { UpFlags } from './up.ts';

/** Exit codes: design.md 5.2. */
const EXIT = { usage: 2, couldNotStart: 3 } as const;

const environment = readEnvironment();
const output = processOutput(environment.noColour);

const seedOption = new Option('--seed <n>', 'seed of everything random').env('DCASS_SIM_SEED');
const stateDirOption = new Option('--state-dir <dir>', 'where keys, certificates and run files are kept').env(
  'DCASS_SIM_STATE_DIR',
);

/** The flags of a start, shared by every command that starts a simulator. */
const startOptions = [
  new Option('--plan <plan>', 'addresses: loopback, single, ephemeral or production').env('DCASS_SIM_PLAN'),
  new Option('--clock <mode>', 'paused, or running').env('DCASS_SIM_CLOCK'),
  new Option('--speed <n>', 'business seconds per real second').env('DCASS_SIM_SPEED'),
  new Option('--at <time>', 'move to this Hong Kong time before anything else, "09:00"').env('DCASS_SIM_AT'),
  new Option('--from <time>', 'begin the day at this time; what was due before is history').env('DCASS_SIM_FROM'),
  seedOption,
  stateDirOption,
];
const paramOption = new Option(
  '--param <name=value...>',
  'a parameter of the day; dcass-sim explain tells which it has',
).env('DCASS_SIM_PARAM');
const portOption = new Option(
  '--port <window=port...>',
  'another port: online=, oapi=, sftp=, mail= or control=; 0 takes a free one',
).env('DCASS_SIM_PORT');

const listenOption = new Option(
  '--listen <address>',
  'plans single and ephemeral: listen on this IP address; 0.0.0.0 in a container',
).env('DCASS_SIM_LISTEN');

const templatesOption = new Option(
  '--report-templates <folder>',
  'report templates, in the place of the scenario’s',
).env('DCASS_SIM_REPORT_TEMPLATES');

const dictionaryOption = new Option(
  '--dictionary <name|file>',
  'the OAPI layouts, in the place of the scenario’s; see dcass-sim dictionary',
).env('DCASS_SIM_DICTIONARY');

// Each command's code is loaded when it is used: `hosts` need not pay for a web server.
const program = new Command('dcass-sim')
  .enablePositionalOptions()
  .description(
    'An offline simulator of DCASS, HKEX’s Derivatives Clearing and Settlement System, around the platform upgrade of May 2019. Not HKEX’s system.',
  )
  // The names alone: the arguments are in each command’s own help, and the list fits 80 columns.
  .configureHelp({ subcommandTerm: (command) => command.name() })
  .version(VERSION, '-V, --version')
  .configureOutput({ writeErr: (text) => output.talk(text.trimEnd()), writeOut: (text) => output.data(text.trimEnd()) })
  .showHelpAfterError('(--help lists what is allowed)')
  .exitOverride();

const up = program
  .command('up')
  .argument('[scenario]', 'a shipped day by its name, or a file', 'verification-day')
  .description('run a day in the foreground; Ctrl-C stops it')
  .option('--watch', 'begin the day anew when its file changes, at the same addresses')
  .option('--json', 'the ready line, then one JSON line per journal entry, on stdout')
  .addOption(
    new Option('--resume', 'go on with the day that was kept in the state directory and left last').env(
      'DCASS_SIM_RESUME',
    ),
  )
  .addOption(
    new Option('--log <level>', 'also log to stderr, as JSON lines')
      .choices(['debug', 'info', 'warn', 'error'])
      .env('DCASS_SIM_LOG'),
  );
for (const option of [...startOptions, paramOption, portOption, listenOption, templatesOption, dictionaryOption])
  up.addOption(option);
up.action(async (scenario: string, flags: UpFlags) => {
  const { up: run } = await import('./up.ts');
  await run(scenario, flags, output);
});

const running = program
  .command('run')
  .argument('<scenario>', 'a shipped day by its name, or a file')
  .argument('<command...>', 'what to run, after "--"')
  .usage('<scenario> [options] -- <command...>')
  .description('run a command against a day of its own, then tell whether what the day expects was met')
  .addOption(new Option('--timeout <duration>', 'end the command after so much real time: 90s, 5m; exit code 4'))
  .addOption(new Option('--until <time>', 'after the command, go on to this time ("12:30"; or end) before grading'))
  .option('--strict', 'what is not due when the run ends fails too')
  .option('--junit <file>', 'the result as JUnit XML, a test case for each expectation')
  .option('--report <file>', 'the result as a page of one file: timeline, journal, expectations, endpoints')
  .option('--sealed', 'with production’s addresses, names and ports, and no way out; Linux, without privileges')
  .option('--keep', 'when it fails, keep the journal, the report and the files of the run, and say where')
  .option('--json', 'after the command’s own output, the result as one JSON line')
  .addHelpText('after', RUN_HELP);
for (const option of [...startOptions, paramOption, portOption, templatesOption, dictionaryOption])
  running.addOption(option);
running.action(async (scenario: string, command: string[], flags: RunFlags) => {
  const { run } = await import('./run.ts');
  process.exitCode = await run(scenario, command, flags, environment, output);
});

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

const talking = [
  new Option('--control <url>', 'control API of the running simulator').env('DCASS_CONTROL_URL'),
  new Option('--token <token>', 'its token').env('DCASS_CONTROL_TOKEN'),
  stateDirOption,
  new Option('--json', 'as JSON'),
];
const talk = (command: Command): Command => {
  for (const option of talking) command.addOption(option);
  return command;
};

talk(program.command('clock'))
  .argument('[action]', 'show, advance, next, pause or resume', 'show')
  .argument('[value]', 'advance: a time (09:00) or a duration (30m); resume: a speed')
  .description('show or move a running simulator’s clock')
  .action(async (action: string, value: string | undefined, flags: Record<string, string | boolean>) => {
    const { clock } = await import('./clock.ts');
    await clock(action, value, flags, environment, output);
  });

talk(program.command('checkpoint'))
  .argument('[action]', 'list, save or restore', 'list')
  .argument('[name]', 'save: its name, or it gets one; restore: which')
  .description('save a running day, and bring it back')
  .action(async (action: string, name: string | undefined, flags: Record<string, string | boolean>) => {
    const { checkpoint } = await import('./checkpoint.ts');
    await checkpoint(action, name, flags, environment, output);
  });

talk(program.command('gate'))
  .argument('[action]', 'list, open or skip', 'list')
  .argument('[gate]', 'open and skip: the id of the step that waits')
  .description('the decisions of a running simulator’s timeline')
  .action(async (action: string, id: string | undefined, flags: Record<string, string | boolean>) => {
    const { gate } = await import('./gate.ts');
    await gate(action, id, flags, environment, output);
  });

talk(program.command('fault'))
  .argument('[action]', 'list, start or stop', 'list')
  .argument('[arguments...]', 'start: match.listener=online-1 effect.delay=2s times=3; stop: the id of the fault')
  .description('what goes wrong at a running simulator, on the way to its clients')
  .action(async (action: string, args: readonly string[], flags: Record<string, string | boolean>) => {
    const { fault } = await import('./fault.ts');
    await fault(action, args, flags, environment, output);
  });

talk(program.command('score'))
  .description('grade a running day, or one whose journal was kept; 1 when something is missed or late')
  .option('--junit <file>', 'also as JUnit XML')
  .option('--report <file>', 'also as a page of one file, with the evidence')
  .option('--journal <file>', 'the journal of a day that is over, JSON lines')
  .option('--scenario <scenario>', 'the day that the journal is of; left out: as it says')
  .option('--confirm <expectation>', 'the instructor says that it was met')
  .option('--miss <expectation>', 'the instructor says that it was not')
  .option('--waive <expectation>', 'it does not count')
  .option('--note <text>', 'why')
  .action(async (flags: Record<string, string | boolean>) => {
    const { score } = await import('./score.ts');
    process.exitCode = await score(flags, environment, output);
  });

talk(program.command('mail'))
  .argument('[number]', 'one mail; left out: the list')
  .description('what HKEX’s desk has written: answers to forms, and notices')
  .option('--participant <code>', 'one participant’s mailbox')
  .action(async (number: string | undefined, flags: Record<string, string | boolean>) => {
    const { mail } = await import('./mail.ts');
    await mail(number, flags, environment, output);
  });

const forms = program
  .command('forms')
  .description('the Password Reset Form and the Confirmation Form, as PDF or text: blank, fill, check, send');
const ofForms = (command: Command): Command =>
  command.option('--scenario <scenario>', 'the day whose participants and users count (default: verification-day)');
forms
  .command('blank')
  .argument('<form>', 'reset, or confirmation')
  .description('a form to fill in by hand')
  .option('--out <file>', 'a .pdf, or text; left out: text to the terminal')
  .action(async (kind: string, flags: FormFlags) => {
    const { blankForm } = await import('./forms.ts');
    await blankForm(kind, flags, output);
  });
ofForms(forms.command('fill'))
  .argument('<form>', 'reset, or confirmation')
  .description('a form with what the scenario knows of a participant, signed')
  .option('--participant <code>', 'whose form (default: the first one of the day)')
  .option('--user <id...>', 'reset: whose password')
  .option('--set <label=value...>', 'another value; without a value, none')
  .option('--unsigned', 'without the tick for the signature')
  .option('--out <file>', 'a .pdf, or text; left out: text to the terminal')
  .action(async (kind: string, flags: FormFlags) => {
    const { fillForm } = await import('./forms.ts');
    await fillForm(kind, flags, output);
  });
ofForms(forms.command('check'))
  .argument('<file>', 'a form, PDF or text')
  .description('tell all that is wrong with a form; 1 when something is')
  .option('--json', 'one JSON object')
  .action(async (file: string, flags: FormFlags) => {
    const { checkFormFile } = await import('./forms.ts');
    process.exitCode = await checkFormFile(file, flags, output);
  });
talk(forms.command('send'))
  .argument('<file>', 'a form, PDF or text')
  .description('mail a form to HKEX’s desk in a running simulator, and print the answer')
  .option('--from <address>', 'who sends it; left out: the primary contact of the form')
  .option('--subject <text>', 'the subject; left out: the name of the file')
  .action(async (file: string, flags: Record<string, string | boolean>) => {
    const { sendForm } = await import('./forms.ts');
    process.exitCode = await sendForm(file, flags, environment, output);
  });

talk(program.command('fallback'))
  .description('after a fallback: what is to be re-input, and what looks different')
  .action(async (flags: Record<string, string | boolean>) => {
    const { fallback } = await import('./fallback.ts');
    await fallback(flags, environment, output);
  });

talk(program.command('journal'))
  .argument('[field=value...]', 'only entries with these fields, for example kind=online.login')
  .description('print a running simulator’s journal')
  .option('-f, --follow', 'go on with each new entry')
  .option('-n, --limit <n>', 'at most so many, the newest')
  .action(async (filters: string[], flags: Record<string, string | boolean>) => {
    const { journal } = await import('./journal.ts');
    await journal(filters, flags, environment, output);
  });

talk(program.command('inject'))
  .argument('<verb>', 'a verb of the scenario language, for example gateway.stop')
  .argument('[name=value...]', 'its arguments; a value is read as YAML: which=[1] for=10m')
  .description('make something happen now in a running simulator')
  .action(async (verb: string, args: string[], flags: Record<string, string | boolean>) => {
    const { inject } = await import('./inject.ts');
    await inject(verb, args, flags, environment, output);
  });

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

talk(program.command('reconcile'))
  .argument('<participant>', 'its customer code, for example CABC')
  .description('hold a participant’s own CSV files against DCASS')
  .option('--trades <file>', 'the participant’s trades')
  .option('--positions <file>', 'the participant’s positions')
  .option('--csv', 'the differences as CSV')
  .option('--scenario <scenario>', 'against the start of a day, shipped or a file, without a running simulator')
  .addOption(seedOption)
  .action(async (participant: string, flags: Record<string, string | boolean>) => {
    const { reconcile } = await import('./reconcile.ts');
    process.exitCode = await reconcile(participant, flags, environment, output);
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

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : EXIT.usage;
  } else if (error instanceof SimError) {
    output.talk(`dcass-sim: ${error.message}\n(${error.code})`);
    process.exitCode = exitCodeOf(error);
  } else {
    output.talk(
      `dcass-sim: a bug in the simulator: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
    process.exitCode = EXIT.couldNotStart;
  }
}

function exitCodeOf(error: SimError): number {
  switch (error.code) {
    case 'SIM_SCENARIO_INVALID':
    case 'SIM_SCENARIO_NOT_FOUND':
    case 'SIM_DICTIONARY_INVALID':
    case 'SIM_OPTION_INVALID':
    case 'SIM_FORM_INVALID':
    case 'SIM_TIME_INVALID':
    case 'SIM_TIME_BACKWARDS':
    case 'SIM_VERB_INVALID':
    case 'SIM_SNAPSHOT_INVALID':
    case 'SIM_JOURNAL_INVALID':
    case 'SIM_RESUME_REFUSED':
    case 'SIM_CHECKPOINT_UNKNOWN':
    case 'SIM_CONTROL_REFUSED':
      return EXIT.usage;
    case 'SIM_PORT_IN_USE':
    case 'SIM_ADDRESS_NOT_AVAILABLE':
    case 'SIM_PORT_NOT_ALLOWED':
    case 'SIM_LISTEN_FAILED':
    case 'SIM_TRUST_MATERIAL':
    case 'SIM_SEALED_REFUSED':
    case 'SIM_NOT_RUNNING':
    case 'SIM_STOPPED':
      return EXIT.couldNotStart;
    case 'SIM_VERIFY_FAILED':
      return 1;
    case 'SIM_WAIT_TIMED_OUT':
      return 4;
  }
}
