import type { Severity } from '#domain/configuration/alert.ts';
import type { Link } from '#domain/notify/links.ts';
import type { Field, Message } from '#domain/notify/message.ts';
import { escapeHtml } from './escape-html.ts';
import { cap, lines, oneLine } from './safe-text.ts';
import { safeUrl } from './safe-url.ts';

/** Mail programs cut what is longer than about 100 KB; this stays far below. */
const LIMITS = { title: 300, text: 4_000, field: 400, name: 80, fields: 20, links: 6 } as const;

/** The id by which the HTML refers to the chart that comes with it. */
export const CHART_ID = 'chart@tidegate';

/**
 * A message as HTML that mail programs show alike: tables and styles in place, no script, nothing that is
 * fetched from elsewhere.
 */
export const mailHtml = (message: Message): string => {
  const title = escapeHtml(cap(oneLine(message.title), LIMITS.title));
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta name="color-scheme" content="light"><title>${title}</title></head>`,
    `<body style="margin:0;padding:16px;background:#f4f5f7;${FONT}">`,
    '<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center">',
    '<table role="presentation" width="640" cellpadding="0" cellspacing="0" style="max-width:640px;width:100%;background:#ffffff;border:1px solid #dfe1e6;border-radius:6px">',
    `<tr><td style="height:5px;font-size:0;line-height:0;background:${COLORS[message.severity]};border-radius:6px 6px 0 0">&nbsp;</td></tr>`,
    `<tr><td style="padding:20px 24px 4px"><div style="font-size:12px;color:#5e6c84;text-transform:uppercase;letter-spacing:.04em">${message.severity}</div>`,
    `<h1 style="margin:4px 0 0;font-size:20px;line-height:1.3;color:#172b4d">${title}</h1></td></tr>`,
    ...paragraphs(message.text),
    ...chartIn(message),
    ...tableOf(message.fields),
    ...linksIn(message.links),
    footer(message),
    '</table></td></tr></table></body></html>',
  ].join('\n');
};

const FONT =
  "font-family:-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif;color:#172b4d";

const COLORS: Readonly<Record<Severity, string>> = {
  info: '#0b66c3',
  warning: '#c77700',
  critical: '#c9372c',
};

const cell = (content: string, style = 'padding:8px 24px'): string =>
  `<tr><td style="${style}">${content}</td></tr>`;

const paragraphs = (text: string): readonly string[] => {
  const shown = cap(lines(text), LIMITS.text);
  if (shown === '') return [];
  const html = escapeHtml(shown).replace(/\n/g, '<br>');
  return [cell(`<div style="font-size:15px;line-height:1.5">${html}</div>`)];
};

const chartIn = ({ chart }: Message): readonly string[] =>
  chart === undefined
    ? []
    : [
        cell(
          `<img src="cid:${CHART_ID}" width="592" alt="${escapeHtml(cap(oneLine(chart.title), LIMITS.field))}" style="display:block;width:100%;max-width:592px;height:auto;border:0">`,
        ),
      ];

const tableOf = (fields: readonly Field[]): readonly string[] => {
  if (fields.length === 0) return [];
  const rows = fields
    .slice(0, LIMITS.fields)
    .map(
      ({ name, value }) =>
        `<tr><td style="padding:4px 12px 4px 0;font-size:13px;color:#5e6c84;vertical-align:top;white-space:nowrap">${escapeHtml(cap(oneLine(name), LIMITS.name))}</td>` +
        `<td style="padding:4px 0;font-size:13px;vertical-align:top;word-break:break-word">${escapeHtml(cap(oneLine(value), LIMITS.field))}</td></tr>`,
    );
  return [
    cell(`<table role="presentation" cellpadding="0" cellspacing="0">${rows.join('\n')}</table>`),
  ];
};

const linksIn = (links: readonly Link[]): readonly string[] => {
  const shown = links.flatMap(({ name, url }) => {
    const safe = safeUrl(url);
    return safe === undefined
      ? []
      : [
          `<a href="${escapeHtml(safe)}" style="color:#0b66c3;font-size:14px">${escapeHtml(cap(oneLine(name), LIMITS.name))}</a>`,
        ];
  });
  return shown.length === 0 ? [] : [cell(shown.slice(0, LIMITS.links).join(' &nbsp;·&nbsp; '))];
};

const footer = ({ incident, reference, at }: Message): string => {
  const text = `${incident.key} · ${oneLine(reference)} · ${new Date(at).toISOString()}`;
  return cell(
    `<div style="font-size:12px;color:#5e6c84">${escapeHtml(cap(oneLine(text), LIMITS.field))}</div>`,
    'padding:12px 24px 18px;border-top:1px solid #ebecf0',
  );
};
