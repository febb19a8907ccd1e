import type { CommandUnknownOpts } from '@commander-js/extra-typings';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;

/** A command as shells complete it. */
type Completed = Readonly<{
  name: string;
  description: string;
  options: readonly Readonly<{
    flags: readonly string[];
    description: string;
    /** The argument of the option: nothing, a file, or a word that nobody can guess. */
    takes: 'nothing' | 'file' | 'word';
  }>[];
  /** The words that its first argument may be; files when it may be any. */
  words: readonly string[];
  takesFile: boolean;
}>;

/** The script that makes a shell complete a program's commands and options. */
export const scriptFor = (shell: (typeof SHELLS)[number], program: CommandUnknownOpts): string => {
  const commands = program.commands.map(completedOf);
  return SCRIPTS[shell](commands);
};

const completedOf = (command: CommandUnknownOpts): Completed => ({
  name: command.name(),
  description: command.description(),
  options: [
    ...command.options.map(({ short, long, description, required }) => ({
      flags: [short, long].filter((flag) => flag !== undefined && flag !== null),
      description,
      takes: takesOf(long ?? '', required),
    })),
    { flags: ['-h', '--help'], description: 'display help for command', takes: 'nothing' as const },
  ],
  words: command.registeredArguments[0]?.argChoices ?? [],
  takesFile: ['file', 'record'].includes(command.registeredArguments[0]?.name() ?? ''),
});

const FILE_OPTIONS = ['--config', '--rules', '--out', '--history', '--against'];

const takesOf = (long: string, hasValue: boolean): Completed['options'][number]['takes'] => {
  if (!hasValue) return 'nothing';
  return FILE_OPTIONS.includes(long) ? 'file' : 'word';
};

const flagsOf = ({ options }: Completed, takes?: string): readonly string[] =>
  options
    .filter((option) => takes === undefined || option.takes === takes)
    .flatMap(({ flags }) => flags);

const bash = (commands: readonly Completed[]): string => `# bash completion for tidegate
_tidegate() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" command="\${COMP_WORDS[1]}"
  local words="" files=0
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${commands.map(({ name }) => name).join(' ')} help --help --version" -- "$word"))
    return
  fi
  case "$command" in
${commands.map(bashCase).join('\n')}
  esac
  if [ "\${word:0:1}" != "-" ] && [ "$files" -eq 1 ]; then
    compopt -o filenames 2>/dev/null
    COMPREPLY=($(compgen -f -- "$word"))
  else
    COMPREPLY=($(compgen -W "$words" -- "$word"))
  fi
}
complete -F _tidegate tidegate`;

const bashCase = (command: Completed): string => {
  const files = flagsOf(command, 'file');
  const guesses = flagsOf(command, 'word');
  return [
    `    ${command.name})`,
    `      words="${[...command.words, ...flagsOf(command)].join(' ')}"`,
    ...(command.takesFile ? ['      files=1'] : []),
    '      case "$before" in',
    ...(files.length === 0 ? [] : [`        ${files.join('|')}) files=1; words="" ;;`]),
    ...(guesses.length === 0 ? [] : [`        ${guesses.join('|')}) return ;;`]),
    '      esac',
    '      ;;',
  ].join('\n');
};

/** A text between single quotes. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

const zsh = (commands: readonly Completed[]): string => `#compdef tidegate
_tidegate() {
  local -a commands
  commands=(
${commands.map(({ name, description }) => `    ${quoted(`${name}:${description.replaceAll(':', '\\:')}`)}`).join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe 'command' commands
    return
  fi
  case "$words[2]" in
${commands.map(zshCase).join('\n')}
  esac
}
if [ "$funcstack[1]" = "_tidegate" ]; then _tidegate "$@"; else compdef _tidegate tidegate; fi`;

const zshCase = (command: Completed): string =>
  [
    `    ${command.name})`,
    "      _arguments '1:command:' \\",
    ...command.options.map((option) => `        ${zshOption(option)} \\`),
    `        ${zshArgument(command)}`,
    '      ;;',
  ].join('\n');

const zshOption = ({ flags, description, takes }: Completed['options'][number]): string => {
  const said = description.replace(/[[\]:]/g, '\\$&');
  const value = { nothing: '', file: ':file:_files', word: ':value:' }[takes];
  return flags.map((flag) => quoted(`${flag}[${said}]${value}`)).join(' ');
};

const zshArgument = ({ words, takesFile }: Completed): string => {
  if (words.length > 0) return quoted(`2:word:(${words.join(' ')})`);
  return takesFile ? quoted('2:file:_files') : quoted('*:word:');
};

const fish = (commands: readonly Completed[]): string =>
  [
    '# fish completion for tidegate',
    'complete -c tidegate -f',
    ...commands.map(
      ({ name, description }) =>
        `complete -c tidegate -n __fish_use_subcommand -a ${name} -d ${fishText(description)}`,
    ),
    ...commands.flatMap(fishLines),
  ].join('\n');

const fishText = (text: string): string =>
  `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

const fishLines = (command: Completed): readonly string[] => {
  const start = `complete -c tidegate -n '__fish_seen_subcommand_from ${command.name}'`;
  return [
    ...command.options.map(({ flags, description, takes }) => {
      const names = flags.map((flag) =>
        flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`,
      );
      const value = { nothing: '', file: ' -r -F', word: ' -x' }[takes];
      return `${start} ${names.join(' ')}${value} -d ${fishText(description)}`;
    }),
    ...(command.words.length > 0 ? [`${start} -a ${fishText(command.words.join(' '))}`] : []),
    ...(command.takesFile ? [`${start} -F`] : []),
  ];
};

const SCRIPTS = { bash, zsh, fish } as const;
