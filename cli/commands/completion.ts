import { Argument } from '@commander-js/extra-typings';
import { SHELLS, scriptFor } from '#cli/completion/script-for.ts';
import { perform } from '#cli/output/perform.ts';
import { newPlainCommand } from '../new-command.ts';
import type { Finish, Terminal } from '../terminal.ts';

/** `tidegate completion SHELL`: prints a script that makes a shell complete commands and options. */
export const completionCommand = (terminal: Terminal, finish: Finish) =>
  newPlainCommand('completion', [
    'source <(tidegate completion bash)',
    'tidegate completion zsh > ~/.zfunc/_tidegate',
    'tidegate completion fish > ~/.config/fish/completions/tidegate.fish',
  ])
    .addArgument(new Argument('<shell>', 'the shell').choices(SHELLS))
    .action((shell, { json }, command) =>
      perform(terminal, finish)({ command: 'completion', json }, () => {
        const script = scriptFor(shell, command.parent ?? command);
        return { text: script, data: { shell, script } };
      }),
    );
