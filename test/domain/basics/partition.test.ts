import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { PARTITIONS, partitionOf } from '#domain/basics/partition.ts';

type Known = Readonly<{
  id: string;
  regionRegex: string;
  outputs: Readonly<{ dnsSuffix: string }>;
  regions: Readonly<Record<string, unknown>>;
}>;

/** The partitions that the installed SDK knows. */
const DATA =
  'node_modules/@aws-sdk/core/dist-es/submodules/client/util-endpoints/lib/aws/partitions.js';
const source = readFileSync(DATA, 'utf8');
const { partitions } = JSON.parse(
  source.slice(source.indexOf('{'), source.lastIndexOf('}') + 1),
) as Readonly<{ partitions: readonly Known[] }>;

describe('the partitions of AWS', () => {
  test('are those of the SDK, with its suffixes and its names of Regions', () => {
    expect(
      Object.fromEntries(
        PARTITIONS.map(({ name, urlSuffix, regions }) => [name, [urlSuffix, regions.source]]),
      ),
    ).toEqual(
      Object.fromEntries(
        partitions.map(({ id, outputs, regionRegex }) => [
          id,
          [outputs.dnsSuffix, regionRegex.replaceAll(String.raw`\-`, '-')],
        ]),
      ),
    );
  });

  const regions = partitions.flatMap(({ id, regions: known }) =>
    Object.keys(known)
      .filter((region) => !region.endsWith('-global'))
      .map((region) => ({ id, region })),
  );

  test.each(regions)('$region is of $id', ({ id, region }) => {
    expect(partitionOf(region)?.name).toBe(id);
  });

  test.each(['xx-north-1', 'eu-west', '', 'us-gov', 'local'])('%j is of none', (region) => {
    expect(partitionOf(region)).toBeUndefined();
  });
});
