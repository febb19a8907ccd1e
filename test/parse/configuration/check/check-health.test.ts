import { describe, expect, test } from '@jest/globals';
import { fileWithGroup, linesOf } from '../problems-in.ts';

const WEB = 'targetGroup: targetgroup/web/73e2d6bc24d8a067, loadBalancer: app/web/50dc6c495c0c9188';
const API = 'targetGroup: targetgroup/api/73e2d6bc24d8a068, loadBalancer: net/api/50dc6c495c0c9189';

const health = (more: string) => linesOf(fileWithGroup(`health: { ${WEB}, ${more} }`));

describe('health', () => {
  test('may watch several target groups', () => {
    expect(health(`also: [{ ${API} }], unhealthyIn: any`)).toEqual([]);
  });

  test('watches each target group once', () => {
    expect(health(`also: [{ ${API} }, { ${WEB} }]`)).toEqual([
      expect.stringMatching(/^\S+ conflict groups.web.health.also\[1\].targetGroup/),
    ]);
  });

  test('gives every target group an alarm that no rule may take', () => {
    const rule = 'rules: { unhealthy-targets-2: { when: cpu > 1 for 5m, then: add 1 } }';
    const lines = linesOf(
      fileWithGroup(
        `metrics: { cpu: { preset: asg-cpu } }\n${rule}\nhealth: { ${WEB}, also: [{ ${API} }] }`,
      ),
    );

    expect(lines).toEqual([expect.stringContaining('conflict')]);
  });

  test.each([
    { replacement: 'none', onForeignChange: 'restore', count: 1 },
    { replacement: 'launch', onForeignChange: 'restore', count: 0 },
    { replacement: 'none', onForeignChange: 'adopt', count: 0 },
  ])('is not undone: $replacement with $onForeignChange', ({ count, ...words }) => {
    const { replacement, onForeignChange } = words;
    const text = `behavior: { onForeignChange: ${onForeignChange} }\nhealth: { ${WEB}, action: quarantine, quarantine: { replacement: ${replacement} } }`;

    expect(linesOf(fileWithGroup(text))).toHaveLength(count);
  });
});
