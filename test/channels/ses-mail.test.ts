import { SESv2Client } from '@aws-sdk/client-sesv2';
import { afterEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { safeUrl } from '#channels/safe-url.ts';
import { sendMail } from '#channels/ses-mail.ts';
import { mailHtml } from '#channels/ses-mail-html.ts';
import type { MailChannel } from '#domain/configuration/channel.ts';
import { describeNews } from '#domain/notify/describe-news.ts';
import { sampleChart } from '#domain/notify/sample-chart.ts';
import { NOON } from '#test/support/builders.ts';
import { anOutcome } from '#test/support/notify-world.ts';
import { runs } from '#test/support/runs.ts';
import { type Answer, answer, hangUp, startSlack } from '#test/support/slack-server.ts';

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

const CHANNEL: MailChannel = {
  kind: 'mail',
  name: 'html',
  address: 'ops@example.com',
  from: 'tidegate@example.com',
};
const MESSAGE = describeNews(anOutcome());
const taken: Answer = answer(200, '{"MessageId":"0101-abc"}', {
  'content-type': 'application/json',
});
const fault = (status: number, name: string): Answer =>
  answer(status, JSON.stringify({ message: 'the canary' }), {
    'content-type': 'application/json',
    'x-amzn-errortype': name,
  });

/** A server on this machine that answers as SES does. */
const setUp = async (...answers: Answer[]) => {
  const server = await startSlack(...answers);
  stops.push(server.stop);
  const client = new SESv2Client({
    endpoint: server.origin,
    region: 'eu-west-1',
    maxAttempts: 1,
    credentials: { accessKeyId: 'AKID', secretAccessKey: 'secret' },
  });
  const mails = () => server.requests.map(({ path, body }) => ({ path, ...JSON.parse(body) }));
  return { client, mails, server };
};

describe('a mail by SES', () => {
  test('is HTML and text, from the sender to the address, with the chart inside', async () => {
    const { client, mails } = await setUp(taken);
    const message = { ...MESSAGE, chart: sampleChart(NOON) };

    expect(await sendMail(client, 'eu-west-1')(CHANNEL, message)).toEqual({
      kind: 'sent',
      sentAs: '<0101-abc@eu-west-1.amazonses.com>',
    });
    const [mail] = mails();
    const { Subject, Body, Headers, Attachments } = mail.Content.Simple;
    expect(mail).toMatchObject({
      path: '/v2/email/outbound-emails',
      FromEmailAddress: 'tidegate@example.com',
      Destination: { ToAddresses: ['ops@example.com'] },
    });
    expect(Subject.Data).toBe('[Tidegate] web scaled out from 4 to 6');
    expect(Body.Html.Data).toContain('<img src="cid:chart@tidegate"');
    expect(Body.Text.Data).toContain('threshold 70');
    expect(Headers).toEqual([{ Name: 'Auto-Submitted', Value: 'auto-generated' }]);
    expect(Attachments).toMatchObject([
      { ContentId: 'chart@tidegate', ContentType: 'image/png', ContentDisposition: 'INLINE' },
    ]);
    expect(Buffer.from(Attachments[0].RawContent, 'base64').subarray(1, 4).toString()).toBe('PNG');
  });

  test('of the same incident goes on with its conversation', async () => {
    const { client, mails } = await setUp(taken);
    const root = '<first@eu-west-1.amazonses.com>';
    const thread = {
      root,
      title: 'web is blocked',
      latestAt: 0,
      saidAt: 0,
      state: 'open',
    } as const;

    expect(await sendMail(client, 'eu-west-1')(CHANNEL, MESSAGE, thread)).toEqual({
      kind: 'sent',
      sentAs: root,
    });
    const { Subject, Headers, Attachments } = mails()[0].Content.Simple;
    expect(Subject.Data).toBe('Re: [Tidegate] web is blocked');
    expect(Headers.slice(1)).toEqual([
      { Name: 'In-Reply-To', Value: root },
      { Name: 'References', Value: root },
    ]);
    expect(Attachments).toBeUndefined();
  });

  test('knows how the oldest Region calls itself', async () => {
    const { client } = await setUp(taken);
    expect(await sendMail(client, 'us-east-1')(CHANNEL, MESSAGE)).toMatchObject({
      sentAs: '<0101-abc@email.amazonses.com>',
    });
  });

  test.each([
    [400, 'MessageRejected', 'broken'],
    [400, 'MailFromDomainNotVerifiedException', 'broken'],
    [400, 'AccountSuspendedException', 'broken'],
    [400, 'SendingPausedException', 'broken'],
    [400, 'BadRequestException', 'refused'],
    [429, 'TooManyRequestsException', 'failed'],
    [400, 'LimitExceededException', 'failed'],
    [403, 'AccessDeniedException', 'broken'],
    [500, 'InternalServiceErrorException', 'failed'],
  ])('answered with %d %s is %s', async (status, name, kind) => {
    const { client, server } = await setUp(fault(status, name));
    const delivery = await sendMail(client, 'eu-west-1')(CHANNEL, MESSAGE);
    expect(delivery).toEqual({ kind, detail: `SES did not take the mail: ${name}` });
    expect(server.requests).toHaveLength(1);
  });

  test('that nobody answers is unclear, and that nobody took is not sent', async () => {
    const { client, server } = await setUp(hangUp);
    expect(await sendMail(client, 'eu-west-1')(CHANNEL, MESSAGE)).toMatchObject({
      kind: 'unclear',
    });
    const refused = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
    Object.assign(client, { send: () => Promise.reject(refused) });
    expect(await sendMail(client, 'eu-west-1')(CHANNEL, MESSAGE)).toEqual({
      kind: 'failed',
      detail: 'SES did not take the mail: ECONNREFUSED',
    });
    expect(server.requests).toHaveLength(1);
  });
});

describe('HTML', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 1_000 }),
    fc.constantFrom(
      '<script>alert(1)</script>',
      '"><img src=x onerror=1>',
      "' onload='x",
      '&lt;b&gt;',
      '<!--',
    ),
  );

  test('says what it is told and nothing else, whatever the texts are', () => {
    const shape = (html: string) =>
      html.match(/<[^>]*>/g)?.map((tag) => tag.replace(/"[^"]*"/g, '""'));
    const calm = shape(mailHtml({ ...MESSAGE, text: 'x', links: [], chart: sampleChart(NOON) }));
    fc.assert(
      fc.property(hostile, hostile, (title, value) => {
        const html = mailHtml({
          ...MESSAGE,
          title,
          text: 'x',
          fields: MESSAGE.fields.map(({ name }) => ({ name, value })),
          links: [{ name: title, url: value }].filter(({ url }) => safeUrl(url) === undefined),
          chart: { ...sampleChart(NOON), title: value },
          reference: value,
        });
        expect(shape(html)).toEqual(calm);
        expect(html.length).toBeLessThan(100_000);
      }),
      { numRuns: runs(200) },
    );
  });

  test('links to what is https and nothing else', () => {
    const links = [
      { name: 'Runbook <b>', url: 'https://wiki.example.com/a?b=1&c=2' },
      { name: 'Bad', url: 'javascript:alert(1)' },
    ];
    const html = mailHtml({ ...MESSAGE, links });
    expect(html).toContain('href="https://wiki.example.com/a?b=1&amp;c=2"');
    expect(html).toContain('>Runbook &lt;b&gt;</a>');
    expect(html).not.toContain('javascript');
  });

  test('leaves out what there is none of', () => {
    const html = mailHtml({ ...MESSAGE, text: '', fields: [], links: [] });
    expect(html).not.toContain('<img');
    expect(html).not.toContain('<a ');
  });
});

test.each([
  ['https://a.example/b?c=d#e', 'https://a.example/b?c=d#e'],
  ['https://a.example/b c', 'https://a.example/b%20c'],
  ['http://a.example/', undefined],
  ['https://a.example/#a|b', undefined],
  ['https://a.example/<b>', 'https://a.example/%3Cb%3E'],
  [`https://a.example/${'x'.repeat(700)}`, undefined],
  ['nonsense', undefined],
])('the address %s becomes %s', (text, url) => {
  expect(safeUrl(text)).toBe(url);
});
