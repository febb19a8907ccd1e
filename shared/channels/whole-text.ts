import { sparkline } from '#domain/notify/chart.ts';
import type { Message } from '#domain/notify/message.ts';

/** The text of a message, with its chart as a line of text, for channels that show no image. */
export const wholeText = ({ text, chart }: Message): string => {
  const line = chart === undefined ? '' : sparkline(chart);
  return [text, line].filter((part) => part !== '').join('\n');
};
