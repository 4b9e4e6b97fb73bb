import { Option, type Command } from 'commander';
import type { Environment } from '../config.ts';
import type { FormFlags } from './forms.ts';
import type { Output } from './output.ts';

/** What commands share: where they read and write, and options that more than one of them has. */
export interface Shared {
  readonly environment: Environment;
  readonly output: Output;
  readonly stateDirOption: Option;
  readonly seedOption: Option;
}

/** The commands that talk to a running day. */
export function addTalkingCommands(
  program: Command,
  { environment, output, stateDirOption, seedOption }: Shared,
): void {
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
}
