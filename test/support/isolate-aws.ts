import { devNull } from 'node:os';

/**
 * Runs before every test file: an AWS client that escapes its double finds credentials that no
 * account knows, and asks neither the machine nor the network for better ones. Logs and metrics have names as in a deployed
 * function; the logger reads them once, when it is made.
 */
const ISOLATED = {
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_SESSION_TOKEN: 'test',
  AWS_REGION: 'eu-central-1',
  AWS_CONFIG_FILE: devNull,
  AWS_SHARED_CREDENTIALS_FILE: devNull,
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  POWERTOOLS_SERVICE_NAME: 'tidegate-test',
  POWERTOOLS_METRICS_NAMESPACE: 'Tidegate',
  POWERTOOLS_LOG_LEVEL: 'DEBUG',
};

Object.assign(process.env, ISOLATED);
delete process.env.AWS_PROFILE;
delete process.env.AWS_ENDPOINT_URL;
