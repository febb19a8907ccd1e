import type { Expression } from './expression.ts';

/** The course of an expression while some of its names grow and nothing else changes; `any` is not known. */
export type Course = 'same' | 'up' | 'down' | 'any';

/** Names of values: the one that grows, and all of which it is known that they are never below 0. */
export type ExpressionNames = Readonly<{ growing: string; neverNegative: readonly string[] }>;

/**
 * Tells how an expression moves while one of its values grows. It never calls a course `up` that could fall; where
 * it cannot tell, it says `any`.
 */
export const courseOf = (expression: Expression, values: ExpressionNames): Course => {
  const of = (part: Expression): Course => courseOf(part, values);
  switch (expression.kind) {
    case 'number':
      return 'same';
    case 'name':
      return values.growing === expression.name ? 'up' : 'same';
    case 'unary':
      return expression.operator === '-'
        ? turned(of(expression.of))
        : unlessSame(of(expression.of));
    case 'binary':
      return courseOfPair(expression, values);
    case 'if':
      return of(expression.condition) === 'same'
        ? together([of(expression.then), of(expression.otherwise)])
        : 'any';
    case 'call':
      return expression.name === 'abs'
        ? unlessSame(together(expression.args.map(of)))
        : together(expression.args.map(of));
  }
};

const courseOfPair = (
  { operator, left, right }: Extract<Expression, { kind: 'binary' }>,
  values: ExpressionNames,
): Course => {
  const courses = [courseOf(left, values), courseOf(right, values)] as const;
  const isNeverNegative = (side: Expression): boolean => neverNegative(side, values);
  if (courses.every((course) => course === 'same')) return 'same';
  const [first, second] = courses;
  if (operator === '+') return together(courses);
  if (operator === '-') return together([first, turned(second)]);
  if (operator === '*') {
    return isNeverNegative(left) && isNeverNegative(right) ? together(courses) : 'any';
  }
  const isDivided = operator === '/' && second === 'same' && isNeverNegative(right);
  return isDivided ? first : 'any';
};

const together = (courses: readonly Course[]): Course => {
  const moving = [...new Set(courses.filter((course) => course !== 'same'))];
  if (moving.length === 0) return 'same';
  return moving.length === 1 ? (moving[0] as Course) : 'any';
};

const turned = (course: Course): Course => {
  if (course === 'up') return 'down';
  return course === 'down' ? 'up' : course;
};

const unlessSame = (course: Course): Course => (course === 'same' ? 'same' : 'any');

/** Sums, products, quotients and extremes of what is never below 0 are not, either. */
const neverNegative = (expression: Expression, values: ExpressionNames): boolean => {
  const all = (...parts: readonly Expression[]): boolean =>
    parts.every((part) => neverNegative(part, values));
  switch (expression.kind) {
    case 'number':
      return expression.value >= 0;
    case 'name':
      return values.neverNegative.includes(expression.name);
    case 'unary':
      return expression.operator === '!';
    case 'binary':
      return expression.operator !== '-' && all(expression.left, expression.right);
    case 'if':
      return all(expression.then, expression.otherwise);
    case 'call':
      return all(...expression.args);
  }
};
