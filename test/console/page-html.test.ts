import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { escapeHtml } from '#channels/escape-html.ts';
import { bundlePage } from '#console/serve/bundle.ts';
import { escapeJson } from '#console/serve/escape-json.ts';
import { liveHtml, livePolicy, reportHtml } from '#console/serve/page-html.ts';
import { aGroup, aMark, aPage } from './a-page.ts';

const ASSETS = { css: 'a{}', script: 'let b;' };

const bootOf = (html: string): unknown =>
  JSON.parse(/<script type="application\/json" id="boot">(.*?)<\/script>/.exec(html)?.[1] ?? '');

describe('a report', () => {
  test('has its data inside, and no address to fetch anything from', () => {
    const html = reportHtml(aPage(), ASSETS);

    expect(bootOf(html)).toEqual({ kind: 'report', data: aPage() });
    expect(html).not.toMatch(/(?:src|href)="(?!data:,)/);
    expect(html).not.toMatch(/https?:/);
  });

  test('lets nothing run but its own script, and nothing be loaded or sent', () => {
    const hash = createHash('sha256').update(ASSETS.script).digest('base64');

    expect(
      /Content-Security-Policy" content="([^"]*)"/.exec(reportHtml(aPage(), ASSETS))?.[1],
    ).toBe(
      `default-src 'none'; script-src 'sha256-${hash}'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'`,
    );
  });

  test('shows a hostile text as text, in every place', () => {
    const hostile = `</script><img src=x onerror=alert(1)> " ' &`;
    const html = reportHtml(
      aPage({
        title: hostile,
        subtitle: hostile,
        groups: [aGroup({ marks: [aMark({ id: hostile, summary: hostile })] })],
      }),
      ASSETS,
    );

    expect(html).not.toContain('<img');
    expect(html.match(/<\/script>/g)).toHaveLength(2);
  });
});

test('a live page has no data, asks its own server alone, and stands in no frame', () => {
  const html = liveHtml('tidegate', { kind: 'live', everyMs: 500 }, ASSETS);
  const policy = livePolicy(ASSETS);

  expect(bootOf(html)).toEqual({ kind: 'live', everyMs: 500 });
  expect(policy.split('; ').slice(-2)).toEqual(["connect-src 'self'", "frame-ancestors 'none'"]);
  expect(policy).toContain("default-src 'none'");
});

test('the bundle asks no other origin for anything, and cannot end the element that it stands in', async () => {
  const { css, script } = await bundlePage();

  expect(css).not.toMatch(/url\(|@import/);
  expect(script).not.toMatch(/<\/script|<!--/i);
  expect(script.match(/https?:\/\/[\w.]+/g) ?? []).toEqual(
    (script.match(/https?:\/\/[\w.]+/g) ?? []).filter((each) => each === 'http://www.w3.org'),
  );
  expect(script.length).toBeLessThan(150_000);
}, 30_000);

describe('escaping', () => {
  test('leaves no character that HTML reads', () => {
    expect(escapeHtml(`<a b="c" d='e'>&`)).toBe('&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;');
  });

  test('gives back any JSON as it was', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = escapeJson(value);
        expect(text).not.toMatch(/[<>&\u2028\u2029]/);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});
