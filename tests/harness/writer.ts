import { openDatabase } from '../../src/lib/platform/db/open.ts';

/**
 * Writes until its standard input ends, as a process of its own: `node writer.ts DATABASE-URL`. Each transaction adds
 * a section and its one centre. Says a line after the first, and at the end `{"written": …, "failed": …}`.
 */
const db = openDatabase(process.argv[2] ?? '');
let isOver = false;
process.stdin.resume().once('end', () => (isOver = true));

let [written, failed] = [0, 0];
while (!isOver) {
	await write().then(
		() => (written += 1),
		() => (failed += 1)
	);
	if (written + failed === 1) console.log('{}');
	await new Promise((resolve) => setImmediate(resolve));
}
await db.destroy();
console.log(JSON.stringify({ written, failed }));

async function write(): Promise<void> {
	const [section, centre] = [crypto.randomUUID(), crypto.randomUUID()];
	const zone = 'Asia/Beirut';
	await db.transaction().execute(async (trx) => {
		const of = { country: 'LB', zone, locale: 'ar', week_starts_on: 1, is_example: 0 };
		await trx
			.insertInto('section')
			.values({ id: section, name_texts: '{}', ...of })
			.execute();
		const open = { closed_weekdays: '', opens_at: '08:00', closes_at: '18:00', adm1_pcode: '' };
		await trx
			.insertInto('centre')
			.values({ id: centre, section_id: section, name_texts: '{}', zone, ...open })
			.execute();
	});
}
