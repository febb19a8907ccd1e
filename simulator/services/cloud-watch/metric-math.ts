/** The value of each metric that an expression names; undefined where its datapoint is missing. */
export type Names = Readonly<Record<string, number | undefined>>;

/**
 * Evaluates the part of metric math that presets and examples use: numbers, names, arithmetic,
 * comparisons, AND, OR, IF(condition, then, else) and FILL(metric, value). A missing datapoint makes the result missing.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
export const evaluateMath = (expression: string, names: Names): number | undefined => {
  const inOrder = tokensOf(expression);
  refuseDepth(inOrder);
  const tokens = inOrder.toReversed();
  const value = readBinary(tokens, names, 0);
  if (tokens.length > 0) throw new Error(`metric math: "${tokens.at(-1)}" was not expected here`);
  return Number.isNaN(value) ? undefined : value;
};

const TOKEN = /\s*([A-Za-z_]\w*|\d+(?:\.\d+)?|<=|>=|==|!=|[-+*/<>(),])/y;

const tokensOf = (expression: string): string[] => {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  const { length } = expression.trimEnd();
  while (TOKEN.lastIndex < length) {
    const at = TOKEN.lastIndex;
    const token = TOKEN.exec(expression)?.[1];
    if (token === undefined)
      throw new Error(`metric math: cannot read "${expression.slice(at, at + LONGEST_QUOTE)}"`);
    tokens.push(token);
  }
  return tokens;
};

const LONGEST_QUOTE = 80;

/** The deepest nesting that is read: CloudWatch takes 2,048 characters, and nobody nests them as deeply. */
const DEEPEST = 100;

/** The depth is known in one pass, before anything is read. */
const refuseDepth = (tokens: readonly string[]): void => {
  let open = 0;
  for (const token of tokens) {
    if (token === '(') open += 1;
    if (token === ')') open -= 1;
    if (open > DEEPEST) {
      throw new Error(`metric math: this nests more than ${DEEPEST} levels deep`);
    }
  }
};

type Operation = (left: number, right: number) => number;

/** Operators from the loosest to the tightest. */
const LEVELS: readonly Readonly<Record<string, Operation>>[] = [
  { OR: (a, b) => Number(a !== 0 || b !== 0) },
  { AND: (a, b) => Number(a !== 0 && b !== 0) },
  {
    '<': (a, b) => Number(a < b),
    '>': (a, b) => Number(a > b),
    '<=': (a, b) => Number(a <= b),
    '>=': (a, b) => Number(a >= b),
    '==': (a, b) => Number(a === b),
    '!=': (a, b) => Number(a !== b),
  },
  { '+': (a, b) => a + b, '-': (a, b) => a - b },
  { '*': (a, b) => a * b, '/': (a, b) => (b === 0 ? Number.NaN : a / b) },
];

const readBinary = (tokens: string[], names: Names, level: number): number => {
  const operations = LEVELS[level];
  if (operations === undefined) return readValue(tokens, names);

  let left = readBinary(tokens, names, level + 1);
  for (let apply = next(tokens, operations); apply; apply = next(tokens, operations)) {
    tokens.pop();
    const right = readBinary(tokens, names, level + 1);
    left = Number.isNaN(left) || Number.isNaN(right) ? Number.NaN : apply(left, right);
  }
  return left;
};

/** Tokens lie in reverse, so that taking the next one costs nothing. */
const next = (
  tokens: readonly string[],
  operations: Readonly<Record<string, Operation>>,
): Operation | undefined => {
  const token = tokens.at(-1) ?? '';
  return Object.hasOwn(operations, token) ? operations[token] : undefined;
};

const readValue = (tokens: string[], names: Names): number => {
  let sign = 1;
  while (tokens.at(-1) === '-') {
    tokens.pop();
    sign = -sign;
  }
  return sign * readUnsigned(tokens, names);
};

const readUnsigned = (tokens: string[], names: Names): number => {
  const token = tokens.pop() ?? '';
  if (token === '(') return closed(tokens, readBinary(tokens, names, 0));
  if (token === 'IF') return readChoice(tokens, names);
  if (token === 'FILL') return readFilled(tokens, names);
  if (/^\d/.test(token)) return Number(token);
  if (!Object.hasOwn(names, token)) throw new Error(`metric math: "${token}" is not known here`);
  return names[token] ?? Number.NaN;
};

const readChoice = (tokens: string[], names: Names): number => {
  expect(tokens, '(');
  const condition = readBinary(tokens, names, 0);
  expect(tokens, ',');
  const yes = readBinary(tokens, names, 0);
  expect(tokens, ',');
  const no = closed(tokens, readBinary(tokens, names, 0));
  if (Number.isNaN(condition)) return Number.NaN;
  return condition !== 0 ? yes : no;
};

/** FILL(metric, value): the value stands in where a datapoint is missing. */
const readFilled = (tokens: string[], names: Names): number => {
  expect(tokens, '(');
  const found = readBinary(tokens, names, 0);
  expect(tokens, ',');
  const instead = closed(tokens, readBinary(tokens, names, 0));
  return Number.isNaN(found) ? instead : found;
};

const closed = (tokens: string[], value: number): number => {
  expect(tokens, ')');
  return value;
};

const expect = (tokens: string[], wanted: string): void => {
  const found = tokens.pop();
  if (found !== wanted) throw new Error(`metric math: found "${found}", expected "${wanted}"`);
};
