import {
	forgetOldAlerts,
	hasAlerts,
	tellWhoWaits
} from '#lib/features/alerts/outbox.commands.server.ts';
import {
	isLedgerBehind,
	ledgerBeside,
	writeLedger
} from '#lib/features/erasure/ledger.commands.server.ts';
import { endPeriods } from '#lib/features/erasure/retention.commands.server.ts';
import { countOverdueCodes } from '#lib/features/feedback/overdue.commands.server.ts';
import { forgetOldHandovers } from '#lib/features/feedback/reading.commands.server.ts';
import { startWordClocks } from '#lib/features/feedback/word-clocks.commands.server.ts';
import { areMoving, forgetOldImports, goOnWithAll } from '#lib/features/imports/jobs.server.ts';
import { areChanged, findPairs } from '#lib/features/merging/comparing.commands.server.ts';
import { forgetClosedConcerns } from '#lib/features/safeguarding/retention.commands.server.ts';
import { forgetOldKeys } from '#lib/platform/command/keys.ts';
import { emptyWriteLog } from '#lib/platform/db/checkpoint.ts';
import { collectFiles } from '#lib/platform/files/collect.ts';
import { refillReserve } from '#lib/platform/db/full.ts';
import type { Services } from '#lib/platform/services.server.ts';
import { startJobs, type Job } from '#lib/platform/jobs/runner.ts';
import { forgetOldLogins } from '#lib/platform/login/sessions.ts';
import { forgetOldUndos } from '#lib/platform/undo/undo.ts';

const SECOND_MS = 1000;
const HOUR_MS = 3_600_000;

/** Begins what nobody asks for; the hourly work is done once before anybody is served. Answers how to stop it; what has begun then ends. */
export async function startBackground(services: Services): Promise<() => Promise<void>> {
	refillReserve(services.db);
	const runner = await startJobs(services, jobsOf(services));
	return () => runner.stop();
}

/** Every job, in one place: what it is called, how often it runs and what it does. */
function jobsOf(services: Services): Job[] {
	const { db, ring, clock, files } = services;
	const ledger = ledgerBeside(services.config.keyRingFile);
	return [
		hourly('refill the reserve', async () => void refillReserve(db)),
		hourly('forget old logins', () => forgetOldLogins(db, clock())),
		hourly('forget old keys', () => forgetOldKeys(db, clock())),
		hourly('forget old undos', () => forgetOldUndos(db, clock())),
		hourly('collect files', () => collectFiles(db, files, clock())),
		hourly('count overdue codes', () => countOverdueCodes(db, ring, clock())),
		hourly('let words be read', () => startWordClocks(db, clock())),
		hourly('forget handed over words', () => forgetOldHandovers(db, clock())),
		hourly('forget old imports', () => forgetOldImports(db, clock())),
		hourly('forget old alerts', () => forgetOldAlerts(db, clock())),
		hourly('forget closed concerns', () => forgetClosedConcerns(db, clock())),
		{
			name: 'tell who waits',
			everyMs: 2 * SECOND_MS,
			hasWork: () => hasAlerts(services),
			run: (stop) => tellWhoWaits(services, stop)
		},
		{
			name: 'go on with imports',
			everyMs: 2 * SECOND_MS,
			hasWork: () => areMoving(db),
			run: (stop) => goOnWithAll(services, stop)
		},
		{
			name: 'end retention periods',
			everyMs: 24 * HOUR_MS,
			run: (stop) => endPeriods(db, ring, { now: clock(), stop })
		},
		{
			name: 'list who is erased',
			everyMs: 30 * SECOND_MS,
			hasWork: () => isLedgerBehind(db, ledger),
			run: async () => {
				await emptyWriteLog(db); // fails while somebody reads, and is tried again
				await writeLedger(db, ledger);
			}
		},
		{
			name: 'find possible duplicates',
			everyMs: 5 * SECOND_MS,
			hasWork: () => areChanged(db),
			run: (stop) => findPairs(db, ring, { clock, stop })
		}
	];
}

function hourly(name: string, run: Job['run']): Job {
	return { name, everyMs: HOUR_MS, isFirst: true, run };
}
