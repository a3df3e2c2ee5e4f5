import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { nodePackage } from '../prepare/machine.mjs';

/** A Node and the npm people have with it: a folder with the two commands, for the front of PATH. */
export interface Pair {
	title: string;
	commands: string;
}

/** What a process needs to know of this machine to reach packages; npm tells its scripts the last of them. */
const NETWORK =
	/^((https?|no)_proxy|NODE_EXTRA_CA_CERTS|SSL_CERT_(FILE|DIR)|npm_config_(userconfig|globalconfig|cache|registry|cafile|proxy|https_proxy|noproxy))$/i;

/** Both come as packages into a folder of their own in `below`. */
export function installPair(below: string, node: string, npm: string): Pair {
	const name = nodePackage(process);
	const place = join(below, `node-${node}-npm-${npm}`);
	mkdirSync(place);
	writeFileSync(join(place, 'package.json'), '{"private":true}');
	const packages = [`${name}@${node}`, `npm@${npm}`];
	execFileSync(
		process.execPath,
		[ofNpm('npm_execpath'), 'install', '--ignore-scripts', ...packages],
		{
			cwd: place,
			stdio: ['ignore', 'ignore', 'inherit']
		}
	);
	const packagesAt = join(place, 'node_modules');
	return pair(place, `${packagesAt}/${name}/bin/node`, `${packagesAt}/npm/bin/npm-cli.js`);
}

/** What this machine has, by what started us. */
export function pairHere(below: string): Pair {
	const place = join(below, 'here');
	mkdirSync(place);
	return pair(place, ofNpm('npm_node_execpath'), ofNpm('npm_execpath'));
}

/** A clean environment: the pair, an empty home, and the way to the packages. */
export function environmentOf({ commands }: Pair, home: string): NodeJS.ProcessEnv {
	mkdirSync(home, { recursive: true });
	const network = Object.entries(process.env).filter(([name]) => NETWORK.test(name));
	return { ...Object.fromEntries(network), PATH: `${commands}:/usr/bin:/bin`, HOME: home };
}

function pair(place: string, node: string, npm: string): Pair {
	const commands = join(place, 'commands');
	mkdirSync(commands);
	symlinkSync(node, join(commands, 'node'));
	symlinkSync(npm, join(commands, 'npm'));
	const nodeVersion = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
	const { version } = JSON.parse(readFileSync(join(dirname(npm), '../package.json'), 'utf8'));
	return { title: `Node ${nodeVersion.slice(1)} with npm ${version}`, commands };
}

function ofNpm(name: string): string {
	const value = process.env[name];
	if (!value) throw new Error('Only npm can start this: npm run test:full');
	return value;
}
