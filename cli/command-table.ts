import type { Command } from '@commander-js/extra-typings';
import type { Finish, Terminal } from './terminal.ts';

/** Makes a command with its options and its work. */
export type MakeCommand = (terminal: Terminal, finish: Finish) => Command<never[], never, never>;

/** A command as the help lists it; its own module is loaded only when it is called. */
export type CommandEntry = Readonly<{
  name: string;
  /** The arguments as the help shows them after the name. */
  args: string;
  description: string;
  /** True for a command that changes what Tidegate does: nobody is led to it by a typing error. */
  writes?: true;
  load: () => Promise<MakeCommand>;
}>;

/** Each command module types its own options; here all of them are one kind. */
const made = (command: unknown): MakeCommand => command as MakeCommand;

/** All commands under their headings, as the help shows them. */
export const COMMANDS: readonly Readonly<{
  heading: string;
  commands: readonly CommandEntry[];
}>[] = [
  {
    heading: 'The file:',
    commands: [
      {
        name: 'init',
        args: '',
        description:
          'write serverless.yml and a tidegate.yml for the groups of your account; only reads AWS',
        load: async () => made((await import('./commands/init.ts')).initCommand),
      },
      {
        name: 'validate',
        args: '[file]',
        description: 'check tidegate.yml and say what it means',
        load: async () => made((await import('./commands/validate.ts')).validateCommand),
      },
      {
        name: 'lint',
        args: '[file]',
        description:
          'find rules that are valid and will cause trouble: they flap, never fire, lack bounds …',
        load: async () => made((await import('./commands/lint.ts')).lintCommand),
      },
      {
        name: 'schema',
        args: '',
        description: 'print the JSON Schema of tidegate.yml, for editors',
        load: async () => made((await import('./commands/schema.ts')).schemaCommand),
      },
      {
        name: 'import',
        args: '<file...>',
        description: 'turn the policies of other autoscalers into a tidegate.yml',
        load: async () => made((await import('./commands/import.ts')).importCommand),
      },
    ],
  },
  {
    heading: 'One decision:',
    commands: [
      {
        name: 'decide',
        args: '<record>',
        description: 'compute the decision of a record, step by step; changes nothing',
        load: async () => made((await import('./commands/decide.ts')).decideCommand),
      },
      {
        name: 'replay',
        args: '<record>',
        description: 'make the decision of a record again, and compare it with the recorded one',
        load: async () => made((await import('./commands/replay.ts')).replayCommand),
      },
    ],
  },
  {
    heading: 'Before you change the rules:',
    commands: [
      {
        name: 'record',
        args: '',
        description: 'fetch the history of groups from CloudWatch into files; only reads AWS',
        load: async () => made((await import('./commands/record.ts')).recordCommand),
      },
      {
        name: 'backtest',
        args: '[file]',
        description: 'run the rules over a recorded history, beside other ways to scale',
        load: async () => made((await import('./commands/backtest.ts')).backtestCommand),
      },
      {
        name: 'tune',
        args: '[file]',
        description: 'search better settings on a recorded history; prints a diff, writes nothing',
        load: async () => made((await import('./commands/tune.ts')).tuneCommand),
      },
      {
        name: 'learn',
        args: '[file]',
        description: 'learn from a recorded history what a forecast rule leaves to auto',
        load: async () => made((await import('./commands/learn.ts')).learnCommand),
      },
    ],
  },
  {
    heading: 'The deployment:',
    commands: [
      {
        name: 'status',
        args: '[group]',
        description: 'show each group now, its rules and its next decision; changes nothing',
        load: async () => made((await import('./commands/status.ts')).statusCommand),
      },
      {
        name: 'console',
        args: '',
        description:
          'show all groups, their time line and each decision as a live page in your browser',
        load: async () => made((await import('./commands/console.ts')).consoleCommand),
      },
      {
        name: 'history',
        args: '[group]',
        description: 'list the recorded decisions, the newest last',
        load: async () => made((await import('./commands/history.ts')).historyCommand),
      },
      {
        name: 'why',
        args: '[group] [which]',
        description:
          'explain one decision: what was seen, what each rule recommended, each gate, who was told',
        load: async () => made((await import('./commands/why.ts')).whyCommand),
      },
      {
        name: 'report',
        args: '[group]',
        description: 'sum up a week: changes, sizes, cost, idle rules, and what that suggests',
        load: async () => made((await import('./commands/report.ts')).reportCommand),
      },
      {
        name: 'rules',
        args: '',
        description: 'print the tidegate.yml that is deployed, or was in force at a time',
        load: async () => made((await import('./commands/rules.ts')).rulesCommand),
      },
      {
        name: 'plan',
        args: '[file]',
        description: 'show what a deployment of a tidegate.yml would change; changes nothing',
        load: async () => made((await import('./commands/plan.ts')).planCommand),
      },
      {
        name: 'doctor',
        args: '[group]',
        description:
          'find what is wrong with the deployment and with its groups, and how to fix it; changes nothing',
        load: async () => made((await import('./commands/doctor.ts')).doctorCommand),
      },
      {
        name: 'overrides',
        args: '',
        description: 'show which groups are paused, pinned or capped, by whom and until when',
        load: async () => made((await import('./commands/overrides.ts')).overridesCommand),
      },
      {
        name: 'notify',
        args: '',
        description: 'print the messages that people would get, or send a trial to one channel',
        writes: true,
        load: async () => made((await import('./commands/notify.ts')).notifyCommand),
      },
      {
        name: 'drill',
        args: '<what> [names...]',
        description:
          'send a marked message through the deployed functions; or load a target, or end an instance',
        writes: true,
        load: async () => made((await import('./commands/drill.ts')).drillCommand),
      },
    ],
  },
  {
    heading: 'Override the rules of a group for a while (these commands write):',
    commands: [
      {
        name: 'pause',
        args: '<group>',
        description: 'stop scaling and healing of a group for a while',
        writes: true,
        load: async () => made((await import('./commands/override.ts')).pauseCommand),
      },
      {
        name: 'pin',
        args: '<group> <capacity>',
        description: 'keep a group at exactly this capacity for a while',
        writes: true,
        load: async () => made((await import('./commands/override.ts')).pinCommand),
      },
      {
        name: 'cap',
        args: '<group> <capacity>',
        description: 'keep a group at no more than this capacity for a while',
        writes: true,
        load: async () => made((await import('./commands/override.ts')).capCommand),
      },
      {
        name: 'resume',
        args: '<group>',
        description: 'end a pause, pin or cap before its time, so that the rules decide again',
        writes: true,
        load: async () => made((await import('./commands/resume.ts')).resumeCommand),
      },
      {
        name: 'undo',
        args: '<group>',
        description:
          'undo the last change of a group: pin it to the capacity before it, for a while',
        writes: true,
        load: async () => made((await import('./commands/undo.ts')).undoCommand),
      },
    ],
  },
  {
    heading: 'Your shell:',
    commands: [
      {
        name: 'completion',
        args: '<shell>',
        description: 'print a script that completes commands and options in your shell',
        load: async () => made((await import('./commands/completion.ts')).completionCommand),
      },
    ],
  },
];
