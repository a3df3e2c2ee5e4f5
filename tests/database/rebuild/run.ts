import { migrate } from '#lib/platform/db/migrate.ts';
import { openDatabase } from '#lib/platform/db/open.ts';

/** Migrates as a start does and is killed before its n-th statement: `node run.ts URL FOLDER N`. */
const [url = '', folder = '', last = ''] = process.argv.slice(2);
let count = 0;
const db = openDatabase(url).withPlugin({
	transformQuery({ node }) {
		count += 1;
		if (count === Number(last)) process.kill(process.pid, 'SIGKILL');
		return node;
	},
	transformResult: async ({ result }) => result
});
await migrate(db, folder);
await db.destroy();
