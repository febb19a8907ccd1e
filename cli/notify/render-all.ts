import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { render } from '../../shared/channels/render.ts';
import type { Channel, Configuration } from '../../shared/domain/configuration.ts';
import { describeNews } from '../../shared/domain/describe-news.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import { sampleNews } from '../../shared/domain/sample-news.ts';
import { configured, type DeploymentOptions } from '../override/reach.ts';
import { EXIT, type Terminal } from '../terminal.ts';

type Options = DeploymentOptions & Readonly<{ out?: string | undefined }>;

type Rendered = Readonly<{ channel: Channel; sample: string; text: string }>;

/** Shows a message of each kind, as each channel would get it. */
export const renderAll = (options: Options, terminal: Terminal): number => {
  const { stdout, stderr, now, cwd } = terminal;
  const found = configured(options, terminal);
  if (!found.ok) {
    stderr.write(`tidegate: ${found.problem}\n`);
    return EXIT.invalid;
  }

  const messages = messagesOf(found.value, now());
  if (messages.length === 0) {
    stderr.write('tidegate: nobody is told anything: there is no channel under notify\n');
    return EXIT.invalid;
  }
  if (options.out === undefined) {
    stdout.write(`${messages.map((each) => `── ${titleOf(each)}\n${each.text}`).join('\n\n')}\n`);
    return EXIT.ok;
  }

  const directory = resolve(cwd, options.out);
  mkdirSync(directory, { recursive: true });
  for (const each of messages) writeFileSync(join(directory, fileOf(each)), `${each.text}\n`);
  stdout.write(`${messages.length} messages in ${directory}\n`);
  return EXIT.ok;
};

const messagesOf = (configuration: Configuration, now: Instant): readonly Rendered[] =>
  configuration.channels.flatMap((channel) =>
    sampleNews(configuration, now).map(({ name, news }) => ({
      ...{ channel, sample: name, text: render(channel, describeNews(news)) },
    })),
  );

const titleOf = ({ channel, sample }: Rendered): string =>
  `${channel.name} (${channel.kind}): ${sample}`;

const fileOf = ({ channel, sample }: Rendered): string =>
  `${channel.name}-${sample}.${channel.kind === 'email' ? 'txt' : 'json'}`;
