import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { displayOf } from '#channels/channels.ts';
import { chartPng } from '#channels/chart/draw-chart.ts';
import { CHART_ID } from '#channels/ses-mail-html.ts';
import {
  configured,
  type DeploymentOptions,
  namedDeployment,
  USUAL_SERVICE,
  USUAL_STAGE,
} from '#cli/deployment/find-deployment.ts';
import { failure } from '#cli/output/failure.ts';
import type { Report } from '#cli/output/perform.ts';
import { describeFileTrouble } from '#domain/basics/file-trouble.ts';
import type { Configuration } from '#domain/configuration/configuration.ts';
import { describeNews } from '#domain/notify/describe-news.ts';
import type { MessageContext } from '#domain/notify/message-context.ts';
import { sampleNews } from '#domain/notify/sample-news.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Terminal } from '../terminal.ts';

type Options = DeploymentOptions & Readonly<{ out?: string | undefined }>;

type Rendered = Readonly<{
  /** The name of its file. */
  name: string;
  title: string;
  content: string | Uint8Array;
}>;

/** Shows a message of each kind, as each channel would get it. */
export const renderAll = (options: Options, terminal: Terminal): Report => {
  const configuration = configured(options, terminal);
  if (configuration.channels.length === 0) {
    throw failure(
      'invalid-file',
      'no channel is configured, so there are no messages: notify.channels is missing or empty',
      'docs/notify.md says how to set up a channel; examples/who-is-told.yml has several',
    );
  }

  const messages = messagesOf(configuration, terminal.now(), placeOf(options, terminal));
  if (options.out === undefined) {
    const texts = messages.filter(({ content }) => typeof content === 'string');
    return {
      text: texts.map(({ title, content }) => `── ${title}\n${content}`).join('\n\n'),
      data: { messages: texts },
    };
  }
  const directory = resolve(terminal.cwd, options.out);
  writeAll(directory, messages);
  return {
    text: `${messages.length} files in ${directory}`,
    data: { directory, files: messages.map(({ name }) => name) },
  };
};

const writeAll = (directory: string, messages: readonly Rendered[]): void => {
  try {
    mkdirSync(directory, { recursive: true });
    for (const { name, content } of messages) writeFileSync(join(directory, name), content);
  } catch (thrown) {
    throw failure(
      'unwritable-file',
      `cannot write to ${directory}: ${describeFileTrouble(thrown)}`,
      'give --out a directory that exists or can be made',
    );
  }
};

/** The deployment that the samples speak for; what a file on its own does not know is made up. */
const placeOf = (options: Options, terminal: Terminal): MessageContext => {
  const { service = USUAL_SERVICE, stage = USUAL_STAGE } = namedDeployment(options, terminal);
  return {
    service,
    stage,
    region: options.region ?? (terminal.env.AWS_REGION || SAMPLE.region),
    account: SAMPLE.account,
    table: `${service}-${stage}-Table-SAMPLE`,
  };
};

const SAMPLE = { region: 'eu-west-1', account: '123456789012' } as const;

const messagesOf = (
  configuration: Configuration,
  now: Instant,
  place: MessageContext,
): readonly Rendered[] => {
  const { channels, groups, dashboard } = configuration;
  const dashboards = dashboard === 'off' ? [] : [{ name: `${place.service}-${place.stage}` }];
  const samples = sampleNews(configuration, now);
  return [
    ...samples.flatMap(({ name, chart }) =>
      chart === undefined
        ? []
        : [{ name: chartFile(name), title: `the chart of ${name}`, content: chartPng(chart) }],
    ),
    ...channels.flatMap((channel) =>
      samples.map(({ name, news, chart }) => {
        const known = { ...place, groups, dashboards, ...(chart === undefined ? {} : { chart }) };
        const text = displayOf(channel).render(describeNews(news, known));
        return {
          name: `${channel.name}-${name}.${displayOf(channel).extension}`,
          title: `${channel.name} (${channel.kind}): ${name}`,
          // Beside the file stands what comes with the mail.
          content: `${text.replaceAll(`cid:${CHART_ID}`, chartFile(name))}\n`,
        };
      }),
    ),
  ];
};

const chartFile = (sample: string): string => `chart-${sample}.png`;
