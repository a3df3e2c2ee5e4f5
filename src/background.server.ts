import { countOverdueCodes } from '#lib/features/feedback/jobs.server.ts';
import { forgetOldImports, goOnWithAll } from '#lib/features/imports/jobs.server.ts';
import { forgetOldKeys } from '#lib/platform/command/keys.ts';
import { refillReserve } from '#lib/platform/db/full.ts';
import type { House } from '#lib/platform/house.server.ts';
import { inBackground, log } from '#lib/platform/log/log.ts';
import { forgetOldLogins } from '#lib/platform/login/sessions.ts';
import { forgetOldUndos } from '#lib/platform/undo/undo.ts';

const HOUR_MS = 3_600_000;
/** How soon what a request left of an import goes on. */
const IMPORTS_MS = 2000;

let goingOn: Promise<void> | undefined;

/** Begins what nobody asks for: the hourly work, once at once, and imports. Answers how to stop it; what has begun then ends. */
export async function startBackground(house: House): Promise<() => Promise<void>> {
	await tidy(house);
	setInterval(() => inBackground('the hourly work', () => tidy(house)), HOUR_MS).unref();
	const stop = new AbortController();
	const goOnNow = () => inBackground('going on with imports', () => goOn(house, stop.signal));
	const imports = setInterval(goOnNow, IMPORTS_MS).unref();
	return async () => {
		clearInterval(imports);
		stop.abort();
		await goingOn;
	};
}

/** Goes on with imports, one round at a time. A round that fails stands in the log, and the next one tries again. */
async function goOn(house: House, stop: AbortSignal): Promise<void> {
	if (goingOn) return;
	goingOn = goOnWithAll(house, stop).catch((error: unknown) =>
		log.error({ err: error }, 'imports did not go on')
	);
	await goingOn;
	goingOn = undefined;
}

/** What is due by the hour: old logins and keys are forgotten, codes whose day is over are counted. Fails into the log alone. */
async function tidy({ db, ring, clock }: House): Promise<void> {
	refillReserve(db);
	const work = [
		forgetOldLogins(db, clock()),
		forgetOldKeys(db, clock()),
		forgetOldUndos(db, clock()),
		countOverdueCodes(db, ring, clock()),
		forgetOldImports(db, clock())
	];
	for (const done of await Promise.allSettled(work))
		if (done.status === 'rejected')
			log.error({ err: done.reason }, 'a part of the hourly work was not done');
}
