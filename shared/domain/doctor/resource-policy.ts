/**
 * Tells whether a resource policy lets a service of AWS do something. Conditions are not weighed: a policy
 * that lets it in under some condition is taken to do so.
 */
export const admits = (policy: unknown, service: string, action: string): boolean =>
  statementsOf(policy).some(
    (statement) =>
      statement.Effect === 'Allow' &&
      principalsOf(statement.Principal).some((each) => each === '*' || each === service) &&
      textsOf(statement.Action).some((pattern) => matches(pattern, action)),
  );

type Statement = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Statement =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const statementsOf = (policy: unknown): readonly Statement[] => {
  const statement = isObject(policy) ? policy.Statement : undefined;
  return (Array.isArray(statement) ? statement : [statement]).filter(isObject);
};

const principalsOf = (principal: unknown): readonly string[] =>
  isObject(principal)
    ? [...textsOf(principal.Service), ...textsOf(principal.AWS)]
    : textsOf(principal);

const textsOf = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value]).filter((each) => typeof each === 'string');

/** Actions are compared without regard to case, and `*` stands for anything. */
const matches = (pattern: string, action: string): boolean => {
  const [known, name] = [pattern.toLowerCase(), action.toLowerCase()];
  const star = known.indexOf('*');
  return star === -1 ? name === known : name.startsWith(known.slice(0, star));
};
