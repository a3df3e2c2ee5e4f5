import type { Services } from '../services.server.ts';
import { newId } from '../ids/ids.ts';
import { describeError } from '../log/errors.ts';
import { inBackground, log } from '../log/log.ts';
import { dueJobs, endLease, LEASE_MS, makeDue, renewLease, takeLease } from './lease.ts';

/** How often is looked for what is due. A look that finds nothing writes nothing. */
const LOOK_MS = 2000;
/** How often who is at a job says so. */
const RENEW_MS = LEASE_MS / 3;

/** Work that nobody asks for. */
export interface Job {
	name: string;
	/** From its end to when it is due again, also after a failure. */
	everyMs: number;
	/** True: the app serves only after it was done, or failed, once. */
	isFirst?: boolean;
	/** Whether there is anything to do, by reading alone; always, when left out. */
	hasWork?: () => Promise<boolean>;
	/** Ends soon after `stop`, which comes with the end of the process or of the lease. */
	run: (stop: AbortSignal) => Promise<void>;
}

export interface Runner {
	/** Begins every job that is due and that nobody is at, and ends with them. */
	round(only?: (job: Job) => boolean): Promise<void>;
	/** Begins nothing more; ends when what has begun did. */
	stop(): Promise<void>;
}

/**
 * Makes all jobs due and keeps them going, one of each at a time among all processes of a database. Answers
 * when those that come first are through. What fails stands in the log and in the job's row.
 */
export async function startJobs(
	services: Pick<Services, 'db' | 'clock'>,
	jobs: readonly Job[]
): Promise<Runner> {
	const runner = createRunner(services, jobs);
	await makeDue(services.db, jobs, services.clock()).catch((error: unknown) =>
		log.error({ err: error }, 'jobs were not made due')
	);
	await runner.round(({ isFirst }) => isFirst === true);
	const look = () => inBackground('looking for jobs', () => runner.round());
	const looking = setInterval(look, LOOK_MS).unref();
	return {
		...runner,
		stop: () => {
			clearInterval(looking);
			return runner.stop();
		}
	};
}

/** One process's part in the jobs of a database, without a clock that starts rounds. */
export function createRunner(
	{ db, clock }: Pick<Services, 'db' | 'clock'>,
	jobs: readonly Job[]
): Runner {
	const holder = newId();
	const stopping = new AbortController();
	const running = new Map<string, Promise<void>>();

	async function work({ name, everyMs, hasWork, run }: Job): Promise<void> {
		if (hasWork && !(await hasWork())) return;
		if (!(await takeLease(db, { name, holder }, clock()))) return;
		const lost = new AbortController();
		const renewing = setInterval(
			() =>
				inBackground(`renewing the lease of ${name}`, async () => {
					if (!(await renewLease(db, { name, holder }, clock()))) lost.abort();
				}),
			RENEW_MS
		).unref();
		let failure: string | null = null;
		try {
			await run(AbortSignal.any([stopping.signal, lost.signal]));
		} catch (error) {
			log.error({ err: error, job: name }, 'a job was not done');
			failure = inShort(error);
		} finally {
			clearInterval(renewing);
		}
		await endLease(db, { name, holder }, { now: clock(), everyMs, failure });
	}

	function begin(job: Job): Promise<void> {
		const done = work(job)
			.catch((error: unknown) =>
				log.error({ err: error, job: job.name }, 'a job could not be taken or given back')
			)
			.finally(() => running.delete(job.name));
		running.set(job.name, done);
		return done;
	}

	return {
		async round(only = () => true) {
			const due = new Set((await dueJobs(db, clock()).execute()).map(({ name }) => name));
			if (stopping.signal.aborted) return;
			await Promise.all(
				jobs
					.filter((job) => only(job) && due.has(job.name) && !running.has(job.name))
					.map((job) => begin(job))
			);
		},
		async stop() {
			stopping.abort();
			await Promise.all(running.values());
		}
	};
}

function inShort(error: unknown): string {
	const { error: kind, code, place } = describeError(error);
	return [kind, code, place].filter(Boolean).join(' ');
}
