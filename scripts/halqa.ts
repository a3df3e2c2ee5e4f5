import { runHalqa } from './halqa/run.ts';

/** Operations on an installation: `npm run halqa -- COMMAND`. Results on standard output, remarks on standard error. */
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
	process.on(signal, () => stop.abort(signal));

process.exitCode = await runHalqa(process.argv.slice(2), {
	say: (text) => console.log(text),
	warn: (text) => console.error(text),
	signal: stop.signal
});
