import { homedir, userInfo } from 'node:os';
import { questions } from './init/questions.ts';
import { main } from './main.ts';

// People's Node may be older than Lambda's; the SDK would say so at every command.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

// Whoever reads may stop: `tidegate validate | head`. What the command does is done all the same.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

const nameOf = () => {
  try {
    return userInfo().username;
  } catch {
    // In a container the user has perhaps no entry in the password file.
    return process.env.USER ?? 'somebody';
  }
};

process.exitCode = await main(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  cwd: process.cwd(),
  homeDirectory: homedir(),
  now: Date.now,
  user: nameOf(),
  wait: (seconds) =>
    new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        resolve(false);
      };
      const timer = setTimeout(() => {
        process.off('SIGINT', end);
        resolve(true);
      }, seconds * 1_000);
      process.once('SIGINT', end);
    }),
  // Only a person at a terminal can answer.
  ...(process.stdin.isTTY && process.stdout.isTTY && !process.env.CI ? { ask: questions } : {}),
  // The SDK is loaded only for commands that reach AWS: the others answer at once.
  connect: async (access) => {
    const { region, profile, isOneOfMany } = access;
    if (isOneOfMany) {
      const { optionsFor } = await import('#aws/client/options-for.ts');
      return (await import('#aws/account.ts')).connect(optionsFor(access));
    }

    // The AWS command line knows both names, the SDK only the first.
    const chosen = region ?? process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION;
    if (chosen) process.env.AWS_REGION = chosen;
    if (profile) {
      process.env.AWS_PROFILE = profile;
      // Keys in the environment would win over the profile that was asked for.
      delete process.env.AWS_ACCESS_KEY_ID;
      delete process.env.AWS_SECRET_ACCESS_KEY;
      delete process.env.AWS_SESSION_TOKEN;
    }
    return (await import('#aws/account.ts')).connect();
  },
});
