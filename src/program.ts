import { config as readDotEnv } from 'dotenv';
import { readConfig } from './config.ts';
import { createLog } from './log.ts';
import { serve } from './serve.ts';
import { startPractice } from './start-practice.ts';
import { startProduction } from './start-production.ts';
import { StartError } from './start.ts';

/** The program: reads the environment, starts, and stops on SIGTERM or Ctrl-C. Whatever is wrong is said in one sentence. */
async function main(): Promise<void> {
  readDotEnv({ quiet: true });
  const result = readConfig(process.env);
  if (!result.ok) throw new StartError(result.problems.join('\n'));
  const { config } = result;
  const log = createLog(
    config.mode === 'practice' && config.logLevel === 'info' ? 'warn' : config.logLevel,
  );
  const running =
    config.mode === 'practice'
      ? await startPractice(config, log, say)
      : await startProduction(config, log, say);
  await serve(running, config);
  await running.listening?.();
  for (const line of running.says) say(line);
}

function say(line: string): void {
  console.log(line);
}

// A fault nobody caught must end the process, without printing what it was about.
process.on('unhandledRejection', () => {
  console.error('An unexpected fault ended the program.');
  process.exit(70);
});

main().catch((error: unknown) => {
  console.error(
    error instanceof StartError
      ? error.message
      : `The program could not start (${error instanceof Error ? error.name : 'unknown'}).`,
  );
  process.exit(1);
});
