import { describe, expect, test } from '@jest/globals';
import { count, describeCeilings } from '#cli/drill/load/ceilings.ts';
import { describePlan, type LoadOptions, loadPlanOf } from '#cli/drill/load/load-plan.ts';
import { CommandFailure } from '#cli/output/failure.ts';

const ASKED = { target: 'https://www.example.com/', group: 'web', shape: 'spike' };

/** The plan, or what is wrong with the options. */
const planned = (options: LoadOptions) => {
  try {
    const plan = loadPlanOf({ ...ASKED, ...options });
    return { rate: plan.rate, seconds: plan.seconds, total: plan.total, after: plan.afterSeconds };
  } catch (thrown) {
    if (thrown instanceof CommandFailure) return thrown.failure.message;
    throw thrown;
  }
};

test('a load is 20 requests a second for ten minutes unless it is asked to be another one', () => {
  expect(planned({})).toEqual({ rate: 20, seconds: 600, total: 8_400, after: 120 });
  expect(planned({ rate: '7', for: '90s', after: '0s' })).toEqual({
    rate: 7,
    seconds: 90,
    total: 441,
    after: 0,
  });
});

describe('a load stays within its ceilings', () => {
  test.each([
    { options: { rate: '500', for: '10m' }, total: 210_000 },
    { options: { rate: '1', for: '30m' }, total: 1_260 },
    { options: { rate: '315', for: '30m', shape: 'sustained' }, refusal: /538,650/ },
    { options: { rate: '501' }, refusal: /--rate: found "501", .* from 1 to 500/ },
    { options: { rate: '0' }, refusal: /--rate: found "0"/ },
    { options: { rate: '1.5' }, refusal: /--rate: found "1.5"/ },
    { options: { rate: '-1' }, refusal: /--rate: found "-1"/ },
    { options: { for: '30m' }, total: 25_200 },
    { options: { for: '1801s' }, refusal: /--for: found "1801s", .* from 1s to 30m/ },
    { options: { for: '0s' }, refusal: /--for: found "0s"/ },
    { options: { for: 'ten minutes' }, refusal: /--for: found "ten minutes"/ },
    { options: { after: '61m' }, refusal: /--after: found "61m", .* from 0s to 60m/ },
  ])('$options', ({ options, total, refusal }) => {
    const found = planned(options);

    if (refusal === undefined) expect(found).toMatchObject({ total });
    else expect(found).toMatch(refusal);
  });

  test('of which the requests in all may be as many as they are said to be', () => {
    expect(planned({ rate: '307', for: '1396s' })).toMatchObject({ total: 300_000 });
    expect(planned({ rate: '307', for: '1397s' })).toBe(
      'the load would be 300,215 requests, and at most 300,000 are sent',
    );
  });
});

describe('an address', () => {
  test.each([
    ['ftp://example.com/', '--target: found "ftp://example.com/"'],
    ['example.com', '--target: found "example.com", expected an address that begins with'],
    ['file:///etc/passwd', '--target: found'],
    ['https://ann:secret@example.com/', '--target: found a user name or a password'],
  ])('%s is refused', (target, says) => {
    const found = planned({ target });

    expect(found).toContain(says);
    expect(found).not.toContain('secret@');
  });

  test.each(['http://127.0.0.1:8080/a?b=c', 'https://www.example.com'])('%s is taken', (target) => {
    expect(planned({ target })).toHaveProperty('rate');
  });
});

test.each([
  [{ target: undefined }, 'drill load needs --target'],
  [{ group: undefined }, 'drill load needs --group'],
  [{ group: ' ' }, 'drill load needs --group'],
  [{ shape: undefined }, 'drill load needs --shape'],
  [{ shape: 'spiky' }, '--shape: found "spiky", expected gradual, spike, sustained'],
])('%j is told', (options, says) => {
  expect(planned(options)).toBe(says);
});

test('what is missing is shown in one whole command', () => {
  const help =
    'such as: tidegate drill load --target https://www.example.com/ --group web --shape spike';
  expect(() => loadPlanOf({ ...ASKED, target: undefined })).toThrow(
    expect.objectContaining({ failure: expect.objectContaining({ help }) }),
  );
});

test('says in a sentence what it would send', () => {
  expect(describePlan(loadPlanOf({ ...ASKED, rate: '400' }))).toBe(
    'spike to 400 requests a second for 10 min, 168,000 in all, over at most 500 connections, to https://www.example.com/',
  );
});

test('the ceilings stand in one sentence', () => {
  expect(describeCeilings()).toBe(
    'No load is larger than 500 requests a second, 500 connections, 300,000 requests in all, 30 minutes.',
  );
});

test.each([
  [0, '0'],
  [999, '999'],
  [1_000, '1,000'],
  [1_234_567, '1,234,567'],
])('%d is written as %s', (value, text) => {
  expect(count(value)).toBe(text);
});
