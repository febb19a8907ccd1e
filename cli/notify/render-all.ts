import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chartPng } from '../../shared/channels/chart/draw-chart.ts';
import { CHART_ID } from '../../shared/channels/mail-html.ts';
import { render } from '../../shared/channels/render.ts';
import type { Channel } from '../../shared/domain/channel.ts';
import type { Configuration } from '../../shared/domain/configuration.ts';
import { describeNews } from '../../shared/domain/describe-news.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import { sampleChart, sampleNews } from '../../shared/domain/sample-news.ts';
import { configured, type DeploymentOptions } from '../override/reach.ts';
import { EXIT, type Terminal } from '../terminal.ts';

type Options = DeploymentOptions & Readonly<{ out?: string | undefined }>;

type Rendered = Readonly<{ name: string; title: string; content: string | Uint8Array }>;

/** Shows a message of each kind, as each channel would get it. */
export const renderAll = (options: Options, terminal: Terminal): number => {
  const { stdout, stderr, now, cwd } = terminal;
  const found = configured(options, terminal);
  if (!found.ok) {
    stderr.write(`tidegate: ${found.problem}\n`);
    return EXIT.invalid;
  }

  const messages = messagesOf(found.value, now());
  if (found.value.channels.length === 0) {
    stderr.write('tidegate: nobody is told anything: there is no channel under notify\n');
    return EXIT.invalid;
  }
  if (options.out === undefined) {
    const texts = messages.filter(({ content }) => typeof content === 'string');
    stdout.write(`${texts.map(({ title, content }) => `── ${title}\n${content}`).join('\n\n')}\n`);
    return EXIT.ok;
  }

  const directory = resolve(cwd, options.out);
  mkdirSync(directory, { recursive: true });
  for (const { name, content } of messages) writeFileSync(join(directory, name), content);
  stdout.write(`${messages.length} files in ${directory}\n`);
  return EXIT.ok;
};

const messagesOf = (configuration: Configuration, now: Instant): readonly Rendered[] => [
  { name: CHART_FILE, title: 'the chart', content: chartPng(sampleChart(now)) },
  ...configuration.channels.flatMap((channel) =>
    sampleNews(configuration, now).map(({ name, news }) => {
      const surroundings = { groups: configuration.groups, chart: sampleChart(now) };
      const text = render(channel, describeNews(news, surroundings));
      return {
        name: `${channel.name}-${name}.${EXTENSIONS.get(channel.kind) ?? 'json'}`,
        title: `${channel.name} (${channel.kind}): ${name}`,
        // Beside the file stands what comes with the mail.
        content: `${text.replaceAll(`cid:${CHART_ID}`, CHART_FILE)}\n`,
      };
    }),
  ),
];

const CHART_FILE = 'chart.png';

const EXTENSIONS: ReadonlyMap<Channel['kind'], string> = new Map([
  ['email', 'txt'],
  ['mail', 'html'],
]);
