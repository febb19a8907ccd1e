import type { Compiled } from './resolved.ts';
import type { Output, Resources, Value } from './template.ts';

/** The part of the Serverless Framework that the plugin touches. */
export type Serverless = Readonly<{
  serviceDir: string;
  /** `serverless.yml`, unless the person named another. */
  configurationFilename?: string;
  processedInput?: Readonly<{
    commands?: readonly string[];
    options?: Readonly<Record<string, string | undefined>>;
    isHelpRequest?: boolean;
  }>;
  /** Sets a part of the configuration, as if serverless.yml had it; only while plugins are loaded. */
  extendConfiguration: (path: readonly string[], value: unknown) => void;
  getProvider: (name: 'aws') => Readonly<{ getStage: () => string; getRegion: () => string }>;
  classes: Readonly<{
    Error: new (message: string, code: string) => Error;
  }>;
  service: Service;
}>;

type Service = {
  readonly custom?: Readonly<{ tidegate?: Readonly<{ configuration?: string }> }>;
  readonly functions: Readonly<Record<string, ServerlessFunction>>;
  readonly getServiceName: () => string;
  readonly package?: Readonly<Record<string, unknown>>;
  readonly provider: {
    /** Complete from the hook on at which the plugin reads it. */
    readonly compiledCloudFormationTemplate: Compiled;
    readonly stackTags?: Readonly<Record<string, string>>;
    region?: string;
  };
  resources?: Readonly<{ Resources?: Resources; Outputs?: Readonly<Record<string, Output>> }>;
};

export type ServerlessFunction = {
  readonly [setting: string]: Value | undefined;
  environment?: Readonly<Record<string, Value>>;
  events?: readonly Value[];
  tracing?: 'Active';
};

export type Log = Readonly<{ warning: (text: string) => void; notice: (text: string) => void }>;
