import { escapeHtml } from '#channels/escape-html.ts';
import { readPage } from '#console/serve/bundle.ts';
import { reportHtml } from '#console/serve/page-html.ts';
import { type PageSource, reportData } from '#console/source/page-source.ts';
import { type ChannelReport, describeChannelReport } from '#domain/report/channel-report.ts';
import { linesOfReport, type ReportLine } from '#domain/report/describe-report.ts';
import type { GroupReport } from '#domain/report/group-report.ts';

/** All that the page of a report shows. */
export type ReportPage = Readonly<{
  /** The source of the time lines and decisions. */
  source: PageSource;
  groups: readonly GroupReport[];
  channels: readonly ChannelReport[];
  /** The span of the time in words: `7 d`. */
  span: string;
}>;

/** Of so many decisions of a group the page has the story inside: each takes three reads. */
const MOST_TOLD = 200;

/** The console's page with a time inside, and the figures of the report below it: one file that asks nobody for anything. */
export const reportPage = async ({
  source,
  groups,
  channels,
  span,
}: ReportPage): Promise<string> => {
  const sections = [
    ...groups.map((report) =>
      section(report.group, `${report.autoScalingGroup}, the last ${span}`, linesOfReport(report)),
    ),
    ...(channels.length === 0
      ? []
      : [section('Messages', `by channel, the last ${span}`, channels.map(channelLine))]),
  ];
  return reportHtml(await reportData(source, MOST_TOLD), await readPage(), sections.join('\n'));
};

const channelLine = (report: ChannelReport): ReportLine => ({
  word: report.channel,
  texts: [describeChannelReport(report)],
});

const section = (title: string, remark: string, lines: readonly ReportLine[]): string =>
  [
    `<section class="panel report" aria-label="${escapeHtml(`Report: ${title}`)}">`,
    `<h2>${escapeHtml(title)} <small>${escapeHtml(remark)}</small></h2>`,
    '<dl>',
    ...lines.map(
      ({ word, texts }) =>
        `<div><dt>${escapeHtml(word)}</dt><dd>${texts.map((text) => `<p>${escapeHtml(text)}</p>`).join('')}</dd></div>`,
    ),
    '</dl>',
    '</section>',
  ].join('\n');
