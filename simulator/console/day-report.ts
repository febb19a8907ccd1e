import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPage } from '#console/serve/bundle.ts';
import { reportHtml } from '#console/serve/page-html.ts';
import { createPageSource, reportData } from '#console/source/page-source.ts';
import type { Configuration } from '#domain/configuration/configuration.ts';
import { comparisonHtml } from '#simulator/compare/comparison-page.ts';
import type { Beside } from '#simulator/day/beside.ts';
import type { Collector } from '#simulator/day/collect.ts';
import { coursesHtml } from '#simulator/day/courses.ts';
import { DAY_START, type EndedDay } from '#simulator/day/day.ts';
import { latencyLimits } from './latency-limits.ts';
import { simulatedPorts } from './simulated-ports.ts';

/** A day that is over. */
export type DayReport = Readonly<{
  day: EndedDay;
  configuration: Configuration;
  collected: Pick<Collector, 'figures' | 'events'>;
  /** The simulation in a sentence: rules, load, seed. */
  subtitle: string;
  /** The same load by other ways to scale. */
  beside?: Beside;
}>;

const COMPARISON_CSS = join(import.meta.dirname, '../compare/comparison.css');

/** The console's page with a day inside. */
export const dayReport = async (report: DayReport): Promise<string> => {
  const { configuration, collected, subtitle, beside } = report;
  const source = createPageSource({
    ...simulatedPorts({ ...report.day, configuration: () => configuration }),
    title: 'A day of a fleet',
    subtitle: () => subtitle,
    since: () => DAY_START,
    latencyLimitMs: latencyLimits(configuration),
    events: () => collected.events,
    figures: collected.figures,
  });
  return reportHtml(
    await reportData(source),
    await readPage(),
    beside === undefined ? '' : besideHtml(beside),
  );
};

const besideHtml = ({ comparison, courses }: Beside): string =>
  [
    `<style>${readFileSync(COMPARISON_CSS, 'utf8')}</style>`,
    '<section class="panel" aria-label="Beside other ways to scale">',
    '<h2>Beside other ways to scale</h2>',
    '<p><small>The same load without accidents.</small></p>',
    comparisonHtml(comparison),
    `<div class="comparison-part">${coursesHtml(courses)}</div>`,
    '</section>',
  ].join('\n');
