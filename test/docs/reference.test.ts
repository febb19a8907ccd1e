import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { keysPage } from './reference/keys.ts';
import { referencePages } from './reference/pages.ts';

const pages = Object.entries(await referencePages());

test.each(pages)('%s is what npm run reference writes', (path, text) => {
  expect(readFileSync(path, 'utf8')).toBe(text);
});

describe('the page of keys', () => {
  test('writes a mapping that stands at two places once, and links to it from both', () => {
    const size = {
      type: 'object',
      description: 'A size.',
      properties: { least: { type: 'integer', minimum: 1, maximum: 9, description: 'The least.' } },
      required: ['least'],
    };
    const text = keysPage({
      description: 'All of it.',
      properties: { day: size, night: { ...size } },
    });

    expect(text.slice(text.indexOf('## '))).toBe(
      [
        '## The file',
        '',
        'All of it.',
        '',
        '- `day`: A size. Keys: [`day`](#day).',
        '- `night`: A size. Keys: [`day`](#day).',
        '',
        '## `day`',
        '',
        'A size.',
        '',
        '- `least` (*needed*): The least. From 1 to 9.',
        '',
      ].join('\n'),
    );
  });

  test('has values, defaults and examples that the description does not say', () => {
    const text = keysPage({
      properties: {
        mode: { description: 'The mode.', enum: ['on', 'off'], default: 'on' },
        side: { description: 'left or right. Default: left.', enum: ['left', 'right'] },
        name: { description: 'A name.', examples: ['web', 'shop'] },
        count: { description: 'A count.', minimum: 0, maximum: 2_147_483_647 },
      },
    });

    expect(text.match(/^- .*$/gm)).toEqual([
      '- `mode`: The mode. One of `on`, `off`. Default: `on`.',
      '- `side`: left or right. Default: left.',
      '- `name`: A name. Example: `web`.',
      '- `count`: A count. 0 or more.',
    ]);
  });
});
