/**
 * Makes a clone ready to run: what `npm start` and every other script run first. This file keeps to
 * what old versions of Node can read, so that whoever has one reads a line and no syntax error.
 */
const OLDEST_NODE = 18;
const given = process.versions.node;

if (Number(given.split('.')[0]) < OLDEST_NODE) {
	console.error(
		`Halqa is not ready. It needs Node ${OLDEST_NODE} or newer to install its own, and this is Node ${given}: ` +
			'install a newer one (nodejs.org) and run the same command again.'
	);
	process.exitCode = 1;
} else {
	import('./prepare/ready.mjs').then(({ prepare }) => prepare());
}
