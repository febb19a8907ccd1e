import { describe, expect, test } from '@jest/globals';
import { codesOf, of } from './findings-of.ts';

const CPU_UP = 'up: { when: cpu > 70, then: add 2 }';
const CPU_DOWN = 'down: { when: cpu < 30, then: remove 1 }';

describe('a rule that tracks', () => {
  test.each([
    ['cpu', '60 per unit', 'share-taken-for-total'],
    ['requests', '5000 per unit', 'share-taken-for-total'],
    ['asked', '5000', 'total-taken-for-share'],
    ['cpu', '60', undefined],
    ['requests', '5000', undefined],
    ['asked', '80rps per unit', undefined],
    ['visible', '100 per unit', undefined],
    ['visible', '100', undefined],
    ['orders', '100', undefined],
    ['bare', '100', undefined],
  ])('%s with a target of %s: %s', (metric, target, code) => {
    const codes = codesOf(`busy: { track: ${metric}, target: ${target} }`);
    const shapes = codes.filter((each) => each.includes('-taken-for-'));
    expect(shapes).toEqual(code === undefined ? [] : [code]);
  });

  test('says with which target it would be right', () => {
    expect(of('share-taken-for-total', 'busy: { track: cpu, target: 60 per unit }')).toMatchObject([
      { rules: ['busy'], fix: 'leave per unit out: { track: cpu, target: 60 }' },
    ]);
    expect(of('total-taken-for-share', 'busy: { track: asked, target: 5000 }')).toMatchObject([
      {
        message: 'busy takes asked for a share of each instance, and it is a total',
        example: 'while asked is 10000 for a target of 5000, 2 units become 4, then 8, then 16',
      },
    ]);
  });
});

describe('a capacity above the maximum of 10', () => {
  const day = 'schedule: { start: "0 8 * * *", end: "0 18 * * *", timezone: UTC }';
  const health = (minHealthy: number): string =>
    `health: { targetGroup: targetgroup/web/73e2d6bc24d8a067, loadBalancer: app/web/50dc6c495c0c9188, minHealthy: ${minHealthy} }`;
  const found = (rule: string, body = '') =>
    of('beyond-maximum', `${CPU_UP}, ${CPU_DOWN}${rule}`, { body }).map(({ message }) => message);

  test.each([
    [`, day: { ${day}, min: 11 }`, '', ['day asks for 11, and the maximum is 10']],
    [`, day: { ${day}, min: 10 }`, '', []],
    [`, day: { ${day}, max: 20 }`, '', []],
    [
      ', busy: { track: cpu, target: 50, onMissing: fallback 40 }',
      '',
      ['busy asks for 40, and the maximum is 10'],
    ],
    [', busy: { track: cpu, target: 50, onMissing: last 10m }', '', []],
    ['', health(10), ['10 targets must stay healthy, and the group has 10 at most']],
    ['', health(9), []],
  ])('is found: %s %s', (rule, body, messages) => {
    expect(found(rule, body)).toEqual(messages);
  });
});
