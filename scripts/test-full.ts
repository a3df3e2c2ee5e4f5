import { fourthLanguage } from './full/fourth-language.ts';
import { freshClones } from './full/fresh-clones.ts';
import { everyPage, everythingOnPostgres, longFuzz } from './full/long.ts';
import { conclude, inOrder } from './parts.ts';

/**
 * What takes too long for every landing: `npm run test:full` before a hand-over, `npm run test:full --
 * clones` for one part of it.
 */
const PARTS = {
	clones: freshClones,
	pages: everyPage,
	postgres: everythingOnPostgres,
	fuzz: longFuzz,
	language: fourthLanguage
};

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !(name in PARTS));
if (unknown) throw new Error(`${unknown}: there are ${Object.keys(PARTS).join(', ')}`);

const parts = Object.entries(PARTS).filter(
	([name]) => wanted.length === 0 || wanted.includes(name)
);
conclude(await inOrder(parts.map(([, part]) => part)));
