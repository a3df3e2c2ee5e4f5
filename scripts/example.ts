import { parseArgs } from 'node:util';
import {
	EXAMPLE_SIZES,
	loadExample,
	type ExampleSize
} from '../src/lib/features/example/example.server.ts';
import { isDate } from '../src/lib/platform/clock/days.ts';
import { dateIn } from '../src/lib/platform/clock/zone.ts';
import { readConfig, type Config } from '../src/lib/platform/config/config.ts';
import { loadKeyRing } from '../src/lib/platform/crypto/keyring.ts';
import { migrate } from '../src/lib/platform/db/migrate.ts';
import { openDatabase } from '../src/lib/platform/db/open.ts';

/** Fills an empty database with example data. Exit code 1: refused or failed; 2: asked for in a wrong way. */
const HELP = `npm run example -- --size small|country [--today YYYY-MM-DD] [--database URL]

Fills an empty database with example data, the same for the same day.

  --size small     the example organisation
  --size country   that, and five years of a whole country: 28,000 people, 330,000 marks
  --today DATE     the day everything is laid around; the current day in Beirut when left out
  --database URL   sqlite:PATH or postgres://…; DATABASE_URL, or ./data/halqa.db, when left out`;

class WronglyAsked extends Error {}

try {
	const { help, size, today, database } = options();
	if (help) console.log(HELP);
	else {
		const known = sizeOf(size);
		const env: NodeJS.ProcessEnv = { ...process.env, HOST: '127.0.0.1' }; // nothing is served here
		if (database !== undefined) env['DATABASE_URL'] = database;
		await fill(readConfig(env), known, today);
	}
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	if (error instanceof WronglyAsked) console.error(`\n${HELP}`);
	process.exitCode = error instanceof WronglyAsked ? 2 : 1;
}

function options() {
	try {
		const { values } = parseArgs({
			options: {
				help: { type: 'boolean', short: 'h' },
				size: { type: 'string' },
				today: { type: 'string' },
				database: { type: 'string' }
			}
		});
		return values;
	} catch (error) {
		throw new WronglyAsked((error as Error).message, { cause: error });
	}
}

function sizeOf(asked: string | undefined): ExampleSize {
	const size = EXAMPLE_SIZES.find((known) => known === asked);
	if (size) return size;
	const sizes = `there are: ${EXAMPLE_SIZES.join(', ')}`;
	if (asked === 'world') throw new WronglyAsked(`The size world does not exist yet; ${sizes}`);
	throw new WronglyAsked(asked ? `There is no size ${asked}; ${sizes}` : '--size is missing');
}

async function fill(config: Config, size: ExampleSize, asked: string | undefined): Promise<void> {
	if (config.example === 'never')
		throw new Error('Example data is not loaded with NODE_ENV=production or HALQA_EXAMPLE=0');
	const today = asked ?? dateIn('Asia/Beirut', config.startsAt ?? Date.now());
	if (!isDate(today)) throw new WronglyAsked(`--today: ${today} is not a date such as 2026-05-04`);
	const db = openDatabase(config.databaseUrl);
	try {
		await migrate(db, config.migrationsFolder);
		const found = await db.selectFrom('section').select('id').limit(1).executeTakeFirst();
		if (found) throw new Error('This database is not empty; nothing was changed');
		await loadExample(db, loadKeyRing(config.keyRingFile, true), { today, size });
	} finally {
		await db.destroy();
	}
	console.log(
		`The example organisation is there, size ${size}, as of ${today}. Start with: npm start`
	);
}
