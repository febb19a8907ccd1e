import { deploymentCommand } from '#cli/deployment/deployment-command.ts';
import { renderAll } from '#cli/notify/render-all.ts';
import { sendSamples } from '#cli/notify/send-samples.ts';
import { failure } from '#cli/output/failure.ts';
import { perform } from '#cli/output/perform.ts';
import type { Finish, Terminal } from '../terminal.ts';

/** `tidegate notify`: prints the messages that people would get, or sends a trial. */
export const notifyCommand = (terminal: Terminal, finish: Finish) =>
  deploymentCommand('notify', [
    'tidegate notify --render',
    'tidegate notify --render --out messages',
    'tidegate notify --test ops --stage prod',
  ])
    .option('--render', 'print one message of each kind for each channel; sends nothing')
    .option('-o, --out <directory>', 'with --render: write files there instead of printing')
    .option('--test <channel>', 'send a message to this channel, marked as a trial')
    .option('--all', 'with --test: send one message of each kind')
    .option(
      '--topic <arn>',
      'the ARN of the alarm topic (env: TIDEGATE_TOPIC; default: the one of the stack)',
    )
    .action((options) =>
      perform(terminal, finish)({ command: 'notify', ...options }, (announce) => {
        const { render, test, out } = options;
        if ((render === undefined) === (test === undefined)) {
          throw failure('usage', 'give one of --render and --test CHANNEL');
        }
        if (test === undefined) return renderAll(options, terminal);
        if (out !== undefined) throw failure('usage', '--out goes with --render, not with --test');
        return sendSamples(test, options, { terminal, announce });
      }),
    );
