/** Makes something when it is first needed, and keeps it: what few invocations need costs no start its time. */
export const whenNeeded = <T>(make: () => T): (() => T) => {
  let made: Readonly<{ value: T }> | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};
