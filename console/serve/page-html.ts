import { createHash } from 'node:crypto';
import { escapeHtml } from '#channels/escape-html.ts';
import type { PageData } from '#console/page/data.ts';
import type { PageAssets } from './bundle.ts';
import { escapeJson } from './escape-json.ts';

/** The page with its data inside: one file that needs no server and asks nobody for anything. */
export const reportHtml = (data: PageData, assets: PageAssets, more = ''): string => {
  const policy = policyFor(assets);
  return shell({
    title: data.title,
    boot: { kind: 'report', data },
    policy,
    assets,
    more,
  });
};

/** A page that looks again after so long: of one fleet, or the front page of several deployments. */
export type LiveBoot =
  | Readonly<{
      kind: 'live';
      everyMs: number;
      /** The front page, from here; absent where there is none. */
      front?: string;
    }>
  | Readonly<{ kind: 'front'; everyMs: number }>;

/** The page that asks the server that it came from. */
export const liveHtml = (title: string, boot: LiveBoot, assets: PageAssets): string =>
  shell({ title, boot, policy: policyFor(assets, ASKS_ITSELF), assets, more: '' });

/** The header with which the server guards its pages. */
export const livePolicy = (assets: PageAssets): string =>
  `${policyFor(assets, ASKS_ITSELF)}; frame-ancestors 'none'`;

const ASKS_ITSELF = "connect-src 'self'";

/** Only this very script runs, nothing is loaded, and nothing is sent but where it may. */
const policyFor = ({ script }: PageAssets, ...more: readonly string[]): string =>
  [
    "default-src 'none'",
    `script-src 'sha256-${createHash('sha256').update(script).digest('base64')}'`,
    "style-src 'unsafe-inline'",
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    ...more,
  ].join('; ');

type Shell = Readonly<{
  title: string;
  boot: object;
  policy: string;
  assets: PageAssets;
  /** HTML below the page. */
  more: string;
}>;

const shell = ({ title, boot, policy, assets, more }: Shell): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<link rel="icon" href="data:,">
<title>${escapeHtml(title)}</title>
<style>${assets.css}</style>
</head>
<body>
<div id="root"></div>
<noscript>This page draws its charts with JavaScript, which is switched off.</noscript>
${more}
<script type="application/json" id="boot">${escapeJson(boot)}</script>
<script>${assets.script}</script>
</body>
</html>
`;
