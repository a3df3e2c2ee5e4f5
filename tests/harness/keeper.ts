import { keyRing } from '../../src/lib/platform/crypto/keyring.ts';
import { openFiles } from '../../src/lib/platform/files/store.ts';

/** Keeps one content after the other until it is killed: `node keeper.ts FOLDER KEYRING BYTES`. */
const [folder = '', ring = '', bytes = '0'] = process.argv.slice(2);
const files = openFiles(folder, keyRing(JSON.parse(ring)));
for (let n = 0; ; n++) {
	const address = await files.keep(Buffer.alloc(Number(bytes), `${n} `));
	process.stdout.write(`${address}\n`);
}
