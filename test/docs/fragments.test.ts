import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { lint } from '#domain/lint/lint.ts';
import { parseConfiguration } from '#parse/configuration/parse-configuration.ts';
import { parseDeployments } from '#parse/deployments/parse-deployments.ts';
import { linesOf } from '../parse/configuration/problems-in.ts';
import { type Block, blocksIn, PAGES } from './pages.ts';

type Mapping = Readonly<Record<string, unknown>>;

const GROUP = { autoScalingGroup: 'web-prod' };
const METRIC = { namespace: 'Shop', metric: 'Load', statistic: 'Average' };
const METRICS = {
  cpu: METRIC,
  requests: { ...METRIC, metric: 'RequestCount', statistic: 'Sum' },
  backlog: METRIC,
  errors: METRIC,
  latency: METRIC,
  used: METRIC,
  cost: METRIC,
};
const CHANNEL = { email: 'ops@example.com' };
const CHANNELS = {
  ops: CHANNEL,
  slack: CHANNEL,
  pager: CHANNEL,
  mail: CHANNEL,
  'shop-team': CHANNEL,
};

const isMapping = (value: unknown): value is Mapping =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const everyValueHas = (fragment: Mapping, keys: readonly string[]): boolean =>
  Object.values(fragment).every(
    (value) => isMapping(value) && keys.some((key) => Object.hasOwn(value, key)),
  );

const fileWith = (parts: Mapping): Mapping => ({
  version: 1,
  groups: { web: { ...GROUP, metrics: METRICS }, shop: { autoScalingGroup: 'shop-prod' } },
  ...parts,
});

const inGroup = (parts: Mapping): Mapping =>
  fileWith({ groups: { web: { ...GROUP, metrics: METRICS, ...parts } } });

/** Puts a fragment where it belongs in a whole file; nothing for one that belongs nowhere. */
const wholeFile = (fragment: unknown): Mapping | undefined => {
  if (!isMapping(fragment)) return undefined;
  if ('version' in fragment) return fragment;
  if (['groups', 'fleets', 'alerts', 'notify', 'events'].some((key) => key in fragment)) {
    return fileWith(fragment);
  }
  if ('routes' in fragment || 'channels' in fragment) {
    return fileWith({ notify: { channels: CHANNELS, ...fragment } });
  }
  if (['health', 'rules', 'behavior', 'metrics'].some((key) => key in fragment)) {
    return inGroup(fragment);
  }
  if (everyValueHas(fragment, ['preset', 'namespace', 'query', 'expression'])) {
    return inGroup({ metrics: fragment });
  }
  if (everyValueHas(fragment, ['when', 'step', 'track', 'forecast', 'desired', 'schedule'])) {
    return inGroup({ rules: fragment });
  }
  return undefined;
};

/** A workflow of GitHub: each step runs a command, or uses an action at a version. */
const stepsWithoutWork = (workflow: Mapping): readonly string[] =>
  Object.values(workflow.jobs as Record<string, Readonly<{ steps: readonly Mapping[] }>>)
    .flatMap(({ steps }) => steps)
    .filter(({ run, uses }) => typeof run !== 'string' && !/^[\w./-]+@\S+$/.test(String(uses)))
    .map((step) => `a step does nothing: ${JSON.stringify(step)}`);

/** A serverless.yml needs its name, the plugin and AWS; the plugin adds the rest. */
const missingIn = ({ plugins, provider }: Mapping): readonly string[] => [
  ...(Array.isArray(plugins) && plugins.includes('tidegate') ? [] : ['it has no plugin tidegate']),
  ...(isMapping(provider) && provider.name === 'aws' ? [] : ['its provider is not aws']),
];

const mistakesIn = ({ text }: Pick<Block, 'text'>): readonly string[] => {
  const fragment = parse(text);
  if (isMapping(fragment) && 'jobs' in fragment) return stepsWithoutWork(fragment);
  if (isMapping(fragment) && 'service' in fragment) return missingIn(fragment);

  if (isMapping(fragment) && 'deployments' in fragment) {
    const list = parseDeployments(text, 'deployments.yml');
    return list.ok ? [] : list.problem.map(({ message }) => message);
  }

  const file = wholeFile(fragment);
  return file === undefined ? ['it is no part of tidegate.yml'] : linesOf(JSON.stringify(file));
};

describe('the YAML in the pages', () => {
  const blocks = PAGES.flatMap(blocksIn).filter(({ language }) => language === 'yaml');

  test('is there, whole files and fragments', () => {
    expect(blocks.length).toBeGreaterThan(10);
  });

  test.each(blocks)('$path:$line is valid', (block) => {
    expect(mistakesIn(block)).toEqual([]);
  });

  test.each([
    'busy: { when: cpu > 70 for 3m, then: jump 2 }',
    'cpu: { preset: asg-cpus }',
    'notify: { channels: { ops: { slak: ssm:/x } } }',
    'routes: [{ on: [scaled], to: [nobody] }]',
    'health: { targetGroup: web }',
    'colour: blue',
    'service: tidegate\nprovider: { name: aws }',
  ])('a mistake is found: %s', (text) => {
    expect(mistakesIn({ text })).not.toEqual([]);
  });
});

describe('the whole files of the tasks and the tutorial', () => {
  const files = PAGES.filter(({ path }) => /^docs\/(?:how-to|tutorial)\//.test(path))
    .flatMap(blocksIn)
    .filter(({ language, text }) => language === 'yaml' && text.startsWith('version:'))
    // A list of deployments has no rules.
    .filter(({ text }) => !/^deployments:/m.test(text));

  test('are several', () => {
    expect(files.length).toBeGreaterThan(4);
  });

  test.each(files)('lint finds nothing but hints in $path:$line', ({ text }) => {
    const parsed = parseConfiguration(text, { file: 'tidegate.yml', prefix: 'tidegate-prod' });

    expect(parsed.ok && lint(parsed.value).filter(({ isHint }) => !isHint)).toEqual([]);
  });
});
