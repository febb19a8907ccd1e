import { describe, expect, test } from '@jest/globals';
import { fileWithGroup, linesOf } from '../problems-in.ts';

const codesOf = (text: string, prefix?: string) =>
  linesOf(text, prefix).map((line) => line.split(' ').slice(1, 3).join(' ').replace(/:$/, ''));

describe('the name of a group, a rule or a channel', () => {
  const files = {
    group: (name: string) => `version: 1\ngroups: { "${name}": { autoScalingGroup: x } }`,
    rule: (name: string) =>
      fileWithGroup(`rules: { "${name}": { when: { alarm: x }, then: add 1 } }`),
    channel: (name: string) =>
      `${fileWithGroup('')}\nnotify: { channels: { "${name}": { email: a@b.de } } }`,
  };

  test.each(['a', 'a1', 'web-api', 'a-', 'a'.repeat(40)])('may be %j', (name) => {
    for (const fileOf of Object.values(files)) expect(linesOf(fileOf(name))).toEqual([]);
  });

  test.each(['', 'A', '1a', '-a', 'web_api', 'web.api', 'wéb', 'a'.repeat(41)])(
    'may not be %j',
    (name) => {
      expect(codesOf(files.group(name))).toEqual([expect.stringMatching(/^bad-name groups/)]);
      expect(codesOf(files.rule(name))).toEqual([
        expect.stringMatching(/^bad-name groups.web.rules/),
      ]);
      expect(codesOf(files.channel(name))).toEqual([
        expect.stringMatching(/^bad-name notify.channels/),
      ]);
    },
  );

  test('that is wrong hides no mistake below it', () => {
    expect(
      codesOf('version: 1\ngroups: { Web: { autoScalingGroup: x, rules: { Hot: {} } } }'),
    ).toEqual([
      'bad-name groups.Web',
      'bad-name groups.Web.rules.Hot',
      'missing-key groups.Web.rules.Hot.when',
      'missing-key groups.Web.rules.Hot.then',
    ]);
  });
});

describe('the names of metrics, ids and dimensions', () => {
  const metric = (dimension: string) =>
    `{ namespace: N, metric: M, statistic: Sum, dimensions: { "${dimension}": x } }`;

  test.each(['a', 'fooBar', 'foo_bar-9'])('let a metric be %j', (name) => {
    expect(linesOf(fileWithGroup(`metrics: { ${name}: { preset: asg-cpu } }`))).toEqual([]);
  });

  test.each(['A', '9a', 'a b', 'a.b', 'a'.repeat(41)])('let no metric be %j', (name) => {
    expect(codesOf(fileWithGroup(`metrics: { "${name}": { preset: asg-cpu } }`))).toEqual([
      `bad-name groups.web.metrics.${name}`.split(' ').slice(0, 2).join(' '),
    ]);
  });

  test.each(['InstanceId', 'my dimension', '__proto', 'a:b'])('let a dimension be %j', (name) => {
    expect(linesOf(fileWithGroup(`metrics: { a: ${metric(name)} }`))).toEqual([]);
  });

  test.each(['', ':a', ' a', 'ü', 'a'.repeat(256)])('let no dimension be %j', (name) => {
    const uses = `{ expression: b, uses: { b: ${metric(name)} } }`;
    for (const input of [metric(name), uses]) {
      expect(linesOf(fileWithGroup(`metrics: { a: ${input} }`))).toEqual([
        expect.stringContaining('bad-name groups.web.metrics.a.'),
      ]);
    }
  });

  test('let nothing be __proto__', () => {
    const text = fileWithGroup('metrics: { __proto__: { preset: asg-cpu } }\n__proto__: {}');
    expect(codesOf(text)).toEqual(['bad-name ', 'bad-name ', 'unknown-key groups.web.__proto__']);
  });
});

describe('the names of generated alarms', () => {
  const rule = '{ when: cpu > 1, then: add 1 }';
  const groups = (entries: Record<string, string>) =>
    [
      'version: 1',
      'groups:',
      ...Object.entries(entries).map(
        ([name, rest]) =>
          `  ${name}: { autoScalingGroup: ${name}, metrics: { cpu: { preset: asg-cpu } }, ${rest} }`,
      ),
    ].join('\n');

  test('have 255 characters at most', () => {
    const text = groups({ web: `rules: { hot: ${rule} }` });
    expect(linesOf(text, 'p'.repeat(247))).toEqual([]);
    expect(linesOf(text, 'p'.repeat(248))).toEqual([
      expect.stringMatching(/^3:81 bad-name groups.web.rules.hot: .* of 256 characters \| shorten/),
    ]);
  });

  test('have no strange characters of the service or the stage', () => {
    expect(codesOf(groups({ web: `rules: { hot: ${rule} }` }), 'my service')).toEqual([
      'bad-name groups.web.rules.hot',
    ]);
  });

  test('differ, though groups and rules with hyphens meet', () => {
    const text = groups({
      web: `rules: { api-hot: ${rule} }`,
      'web-api': `rules: { hot: ${rule} }`,
    });
    expect(linesOf(text)).toEqual([
      '4:89 conflict groups.web-api.rules.hot: its alarm would be named "tidegate-dev-web-api-hot", as that of web.rules.api-hot',
    ]);
  });

  test('leave that of unhealthy targets to the health of the group', () => {
    const health =
      'health: { targetGroup: targetgroup/web/73e2d6bc24d8a067, loadBalancer: app/web/50dc6c495c0c9188 }';
    const rules = `rules: { unhealthy-targets: ${rule} }`;

    expect(linesOf(groups({ web: rules }))).toEqual([]);
    expect(linesOf(groups({ web: health }))).toEqual([]);
    expect(linesOf(groups({ web: `${rules}, ${health}` }))).toEqual([
      expect.stringContaining('as that of web.health'),
    ]);
  });

  test('do not matter for alarms that exist already', () => {
    const existing = '{ when: { alarm: x }, then: add 1 }';
    const text = groups({
      web: `rules: { api-hot: ${existing} }`,
      'web-api': `rules: { hot: ${rule} }`,
    });
    expect(linesOf(text)).toEqual([]);
  });
});
