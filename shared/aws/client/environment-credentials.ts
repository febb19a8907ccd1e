type Credentials = Readonly<{
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}>;

/**
 * The credentials that Lambda puts into the environment of a function. The bundler puts this in the
 * place of the SDK's search for credentials (infrastructure/bundle.ts), which knows many other sources:
 * a quarter of each bundle, and a sixth of the time to import it.
 */
export const defaultProvider = () => async (): Promise<Credentials> => {
  // biome-ignore lint/style/noProcessEnv: the SDK calls this, so nobody could hand the variables in
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = process.env;
  if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY) {
    throw new Error(
      'there are no credentials: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY must be in the environment, where Lambda puts them',
    );
  }

  return {
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    ...(AWS_SESSION_TOKEN ? { sessionToken: AWS_SESSION_TOKEN } : {}),
  };
};
