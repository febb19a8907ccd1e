import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, test } from '@jest/globals';
import { wholeProgram } from '#cli/main.ts';
import { commandsIn, PAGES } from './pages.ts';

const wordsOf = (command: string): readonly string[] =>
  [...command.matchAll(/"[^"]*"|'[^']*'|[^\s"']+/g)].map(([word]) => word.replace(/;$/, ''));

const optionsIn = (words: readonly string[]): readonly string[] =>
  words.filter((word) => /^-{1,2}[a-zA-Z]/.test(word)).map((word) => word.replace(/=.*/, ''));

/** All commands of the pages that begin so, each once. */
const commandsOf = (start: string): readonly string[] => {
  const commands = PAGES.flatMap(commandsIn).filter((command) => command.startsWith(start));
  return [...new Set(commands)].sort();
};

const program = await wholeProgram({} as never, () => {});

describe('tidegate', () => {
  const mistakesIn = (line: string): readonly string[] => {
    const [, , name = '', ...words] = wordsOf(line);
    if (name.startsWith('-')) return ['--help', '--version'].includes(name) ? [] : [name];
    if (name === 'COMMAND') return [];
    const command = program.commands.find((each) => each.name() === name);
    if (command === undefined) return [`no command ${name}`];
    const known = command.options.flatMap(({ short, long }) => [short, long]);
    return optionsIn(words).filter((option) => option !== '--help' && !known.includes(option));
  };

  test.each(commandsOf('npx tidegate '))('%s can be run', (line) => {
    expect(mistakesIn(line)).toEqual([]);
  });

  test.each(['npx tidegate plann', 'npx tidegate pin web 4 --during 2h', 'npx tidegate --halp'])(
    'a mistake is found: %s',
    (line) => {
      expect(mistakesIn(line)).not.toEqual([]);
    },
  );
});

describe('npm', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
  const OWN = ['ci', 'install', 'test', 'start', 'pack'];

  const isKnown = (line: string): boolean => {
    const [, verb = '', script = ''] = wordsOf(line);
    return verb === 'run' ? Object.hasOwn(scripts, script) : OWN.includes(verb);
  };

  test.each(commandsOf('npm '))('%s can be run', (line) => {
    expect(isKnown(line)).toBe(true);
  });

  test.each(['npm run simulat', 'npm tset'])('a mistake is found: %s', (line) => {
    expect(isKnown(line)).toBe(false);
  });
});

describe('serverless', () => {
  type Schema = Readonly<{ options?: Readonly<Record<string, Readonly<{ shortcut?: string }>>> }>;
  const require = createRequire(import.meta.url);
  const schemas: ReadonlyMap<
    string,
    Schema
  > = require('serverless/lib/cli/commands-schema/aws-service.js');

  const mistakesIn = (line: string): readonly string[] => {
    const words = wordsOf(line).slice(2);
    const plain = words.filter((word) => !word.startsWith('-'));
    const schema = schemas.get(plain.slice(0, 2).join(' ')) ?? schemas.get(plain[0] ?? '');
    if (schema === undefined) return [`no command ${plain[0]}`];
    const known = Object.entries(schema.options ?? {}).flatMap(([name, { shortcut }]) => [
      `--${name}`,
      `-${shortcut}`,
    ]);
    return optionsIn(words).filter((option) => !known.includes(option));
  };

  test.each(commandsOf('npx serverless '))('%s can be run', (line) => {
    expect(mistakesIn(line)).toEqual([]);
  });

  test.each(['npx serverless deplo', 'npx serverless deploy --stag prod'])(
    'a mistake is found: %s',
    (line) => {
      expect(mistakesIn(line)).not.toEqual([]);
    },
  );
});

describe('the command line of AWS', () => {
  const CLIENTS: Readonly<Record<string, string>> = {
    autoscaling: 'auto-scaling',
    cloudformation: 'cloudformation',
    cloudwatch: 'cloudwatch',
    dynamodb: 'dynamodb',
    ec2: 'ec2',
    elbv2: 'elastic-load-balancing-v2',
    sns: 'sns',
    sqs: 'sqs',
    ssm: 'ssm',
    sts: 'sts',
  };
  /** Options that the command line names otherwise than the service does. */
  const RENAMED: Readonly<Record<string, string>> = { '--notification-endpoint': '--endpoint' };
  /** Options of the command line itself, which no service has. */
  const OWN = ['--query', '--output', '--region', '--cli-input-json', '--max-items', '--profile'];
  /** Services without a client among the dependencies: their commands cannot be compared. */
  const OTHERS = ['application-autoscaling', 'events', 'lambda', 'oam', 'logs'];

  const commands = commandsOf('aws ').filter(
    (line) => !OTHERS.includes(wordsOf(line)[1] ?? '') && wordsOf(line)[2] !== undefined,
  );

  const mistakesIn = (line: string): readonly string[] => {
    const [, service = '', name = '', ...words] = wordsOf(line);
    const types = `node_modules/@aws-sdk/client-${CLIENTS[service]}/dist-types`;
    const operation = name.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
    const path = `${types}/commands/${operation}Command.d.ts`;
    if (!existsSync(path)) return [`no command ${name} of ${service}`];
    const [, input = ''] = /CommandInput extends (\w+)/.exec(readFileSync(path, 'utf8')) ?? [];
    const models = readdirSync(`${types}/models`)
      .map((file) => readFileSync(`${types}/models/${file}`, 'utf8'))
      .join('\n');
    const [, body = ''] =
      new RegExp(`export interface ${input} {\\n([\\s\\S]*?)\\n}`).exec(models) ?? [];
    const members = [...body.matchAll(/^ {4}(\w+)\??:/gm)].map(([, member = '']) =>
      member.toLowerCase(),
    );
    const isMember = (option: string): boolean => {
      const bare = (RENAMED[option] ?? option).slice(2).replaceAll('-', '');
      return members.includes(bare) || members.includes(bare.replace(/^no/, ''));
    };
    return optionsIn(words).filter((option) => !OWN.includes(option) && !isMember(option));
  };

  test('is in the pages', () => {
    expect(commands.length).toBeGreaterThan(20);
  });

  test.each(commands)('%s can be run', (line) => {
    expect(mistakesIn(line)).toEqual([]);
  });

  test.each([
    'aws autoscaling describe-groups',
    'aws sns subscribe --topic TOPIC',
    'aws sdb create-domain',
  ])('a mistake is found: %s', (line) => {
    expect(mistakesIn(line)).not.toEqual([]);
  });
});
