/** The pattern of keys that operators choose, and its words. */
export type Names = Readonly<{ what: string; pattern: RegExp; expected: string }>;

/**
 * Names of groups, rules and channels become parts of alarm names and of CloudFormation's logical
 * ids, hence the narrow alphabet.
 */
export const plainNames = (what: string): Names => ({
  what,
  pattern: /^[a-z][a-z0-9-]{0,39}$/,
  expected: 'a lower-case letter, then up to 39 lower-case letters, digits and hyphens',
});

export const METRIC_NAMES: Names = {
  what: 'a metric',
  pattern: /^[a-z][A-Za-z0-9_-]{0,39}$/,
  expected: 'a lower-case letter, then up to 39 letters, digits, hyphens and underscores',
};

/** CloudWatch's own rule for ids in an expression (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDataQuery.html). */
export const MATH_IDS: Names = {
  what: 'an id in an expression',
  pattern: /^[a-z][A-Za-z0-9_]{0,254}$/,
  expected: 'a lower-case letter, then letters, digits and underscores',
};

export const DIMENSION_NAMES: Names = {
  what: 'a dimension',
  pattern: /^(?!:)[\x21-\x7e][\x20-\x7e]{0,254}$/,
  expected: 'up to 255 ASCII characters that do not begin with a colon',
};

/** Keys of tags, without those that AWS keeps for itself (https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-tagging.html). */
export const TAG_KEYS: Names = {
  what: 'a tag',
  pattern: /^(?![Aa][Ww][Ss]:)[\x20-\x7e\u00a0-\uffff]{1,128}$/,
  expected: 'the key of a tag: up to 128 characters that do not begin with aws:',
};

/** The names among many that could be meant: those that are refused where they stand are no help elsewhere. */
export const validNames = (names: readonly string[], { pattern }: Names): readonly string[] =>
  names.filter((name) => pattern.test(name));

/** A valid name as near as possible to a wrong one, if the difference is only one of spelling. */
export const repairName = (name: string, { pattern }: Names): string | undefined => {
  const hyphenated = name
    .trim()
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/[\s_.]+/g, '-');
  return [
    hyphenated.toLowerCase(),
    name
      .trim()
      .replace(/[\s.-]+/g, '_')
      .toLowerCase(),
  ].find((each) => pattern.test(each));
};
