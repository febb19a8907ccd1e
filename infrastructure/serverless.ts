import type { Compiled } from './resolved.ts';
import type { Output, Resources, Value } from './template.ts';

/** The part of the Serverless Framework that the plugin touches. */
export type Serverless = Readonly<{
  serviceDir: string;
  processedInput?: Readonly<{ commands?: readonly string[] }>;
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
  readonly provider: Readonly<{
    /** Complete from the hook on at which the plugin reads it. */
    compiledCloudFormationTemplate: Compiled;
  }>;
  resources?: Readonly<{ Resources?: Resources; Outputs?: Readonly<Record<string, Output>> }>;
};

export type ServerlessFunction = {
  readonly handler?: string;
  environment?: Readonly<Record<string, Value>>;
};

export type Log = Readonly<{ warning: (text: string) => void; notice: (text: string) => void }>;
