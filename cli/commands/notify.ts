import { renderAll } from '../notify/render-all.ts';
import { sendSamples } from '../notify/send-samples.ts';
import { deploymentCommand } from '../override/deployment-command.ts';
import type { Finish, Terminal } from '../terminal.ts';
import { EXIT } from '../terminal.ts';

/** `tidegate notify`: what people are told, shown or tried out. */
export const notifyCommand = (terminal: Terminal, finish: Finish) =>
  deploymentCommand('notify', 'show what people would be told, or send it to one channel to try it')
    .option('--render', 'print a message of each kind, as each channel would get it; sends nothing')
    .option('--out <directory>', 'with --render: write files there instead of printing')
    .option('--test <channel>', 'send a message of each kind to this channel')
    .option('--topic <arn>', 'the alarm topic (env: TIDEGATE_TOPIC; default: found by the stack)')
    .addHelpText(
      'before',
      'Examples:\n  $ tidegate notify --render\n  $ tidegate notify --render --out messages\n  $ tidegate notify --test ops --stage prod\n',
    )
    .action(async (options) => {
      if ((options.render === undefined) === (options.test === undefined)) {
        terminal.stderr.write('tidegate: say either --render or --test CHANNEL\n');
        return finish(EXIT.usage);
      }
      return finish(
        options.test === undefined
          ? renderAll(options, terminal)
          : await sendSamples(options.test, options, terminal),
      );
    });
