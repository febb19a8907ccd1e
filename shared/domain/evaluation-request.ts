/** The sweep's wish that a group is looked at now. */
export type EvaluationRequest = Readonly<{ kind: 'evaluate'; group: string; cause: string }>;
