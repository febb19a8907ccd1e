import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';

/** Service name, namespace and log level come from the POWERTOOLS_* variables. */
export const logger = new Logger();
const metrics = new Metrics();

/** Counts one event apart from the rest, under dimensions of its own. */
export const count = (name: string, dimensions: Readonly<Record<string, string>>): void => {
  measure({ name, unit: MetricUnit.Count, value: 1, dimensions });
};

export const measureMs = (
  name: string,
  value: number,
  dimensions: Readonly<Record<string, string>>,
): void => {
  measure({ name, unit: MetricUnit.Milliseconds, value, dimensions });
};

type Measurement = Readonly<{
  name: string;
  unit: (typeof MetricUnit)[keyof typeof MetricUnit];
  value: number;
  dimensions: Readonly<Record<string, string>>;
}>;

/** A single metric is written at once, as one line in CloudWatch's embedded metric format. */
const measure = ({ name, unit, value, dimensions }: Measurement): void => {
  const single = metrics.singleMetric();
  single.addDimensions({ ...dimensions });
  single.addMetric(name, unit, value);
};
