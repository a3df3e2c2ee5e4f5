import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { strayNames } from './law/names.ts';
import { strayWrites } from './law/writes.ts';

/**
 * The law of direction: routes → features → platform, and features in one line, each importing only
 * from its left. No file is excused. One feature is: the example, which stands to the right of all and
 * fills their tables, may look into every room of theirs. Tests are free to look anywhere. Who may write which
 * table: `law/writes.ts`; what a file may be called: `law/names.ts`.
 */
export const FEATURES = [
	'centres',
	'directory',
	'organisation',
	'people',
	'consent',
	'curricula',
	'staff',
	'alerts',
	'safeguarding',
	'counts',
	'projects',
	'cohorts',
	'sessions',
	'changes',
	'attendance',
	'merging',
	'imports',
	'kits',
	'advisory',
	'wording',
	'asking',
	'feedback',
	'outcomes',
	'targets',
	'reach',
	'publishing',
	'roadmap',
	'publications',
	'network',
	'exports',
	'erasure',
	'example'
];

const LAYERS: Record<string, string[]> = {
	platform: ['platform', 'messages'],
	ui: ['ui', 'platform', 'messages'],
	features: ['features', 'ui', 'platform', 'messages'],
	routes: ['routes', 'features', 'ui', 'platform', 'messages'],
	server: ['server', 'features', 'platform']
};

/** What other features may import of one; `NOUN.` may stand in front. */
const OPEN = /^([\w-]+\.)?(types|rules|words|queries\.server)\.ts$|^components\//;
const COMMANDS = /^([\w-]+\.)?commands\.server\.ts$/;
/** The steps of an import are its commands: each runs in a job's transaction, whatever its file is called. */
const STEPS_OF_IMPORTS = /^src\/lib\/features\/imports\/.*\.server\.ts$/;

interface Import {
	/** Path from the root of the repository. */
	target: string;
	names: string[];
}

/** What a file breaks, one sentence each; nothing for a lawful file. `path` is from the root. */
export function breaches(path: string, source: string): string[] {
	const imports = importsOf(path, source).flatMap((wanted) => {
		const why = forbids(path, wanted);
		return why ? [`${path} imports ${wanted.target}: ${why}`] : [];
	});
	const owner = featureOf(path) || layerOf(path);
	return [...strayNames(path), ...imports, ...strayWrites(path, source, owner)];
}

/** Every breach below `src`, in order of path. */
export function breachesIn(root: string): string[] {
	return readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
		.map((path) => `src/${path.replaceAll('\\', '/')}`)
		.filter((path) => /\.(ts|js|svelte)$/.test(path) && !/\.test\.ts$/.test(path))
		.filter((path) => !path.startsWith('src/lib/paraglide/'))
		.sort()
		.flatMap((path) => breaches(path, readFileSync(join(root, path), 'utf8')));
}

function forbids(path: string, { target, names }: Import): string | null {
	const from = layerOf(path);
	const to = layerOf(target);
	if (!LAYERS[from]) return `${from} is no layer of the house`;
	if (!LAYERS[from].includes(to)) return `${from} may not know ${to}`;
	if (to !== 'features') return null;
	const feature = featureOf(target);
	if (!FEATURES.includes(feature)) return `${feature} has no place in the line of features`;
	if (featureOf(path) === feature) return null;
	if (feature === 'example')
		return from === 'server' || path.startsWith('src/routes/login/') || isLeaving(path, target)
			? null
			: 'only the start loads the example, the login page offers its accounts, and the organisation’s page leaves it';
	if (feature === 'safeguarding' && !isOfSafeguarding(path))
		return isLetter(target, names) ? leftOf(path, feature) : 'only raiseConcern may be called';
	if (from !== 'features') return null;
	return leftOf(path, feature) ?? unopened(path, target);
}

/** Why a feature may not use another at all. */
function leftOf(path: string, feature: string): string | null {
	const own = featureOf(path);
	if (layerOf(path) !== 'features') return null;
	if (!FEATURES.includes(own)) return `${own} has no place in the line of features`;
	return FEATURES.indexOf(feature) < FEATURES.indexOf(own)
		? null
		: `${feature} stands to the right of ${own}`;
}

/** Why this file of another feature is not open to the importing one. */
function unopened(path: string, target: string): string | null {
	if (featureOf(path) === 'example') return null;
	const room = target.split('/').slice(4).join('/');
	if (OPEN.test(room)) return null;
	if (COMMANDS.test(room))
		return COMMANDS.test(posix.basename(path)) || STEPS_OF_IMPORTS.test(path)
			? null
			: 'only a command calls a command';
	return 'only types, rules, words, components and queries are open to other features';
}

/** The one page from which an organisation of one's own takes the example away. */
function isLeaving(path: string, target: string): boolean {
	return (
		path.startsWith('src/routes/(staff)/settings/organisation/') &&
		target === 'src/lib/features/example/leaving.server.ts'
	);
}

/** Its pages, and what runs its jobs. */
function isOfSafeguarding(path: string): boolean {
	return path.startsWith('src/routes/(staff)/safeguarding/') || path === 'src/background.server.ts';
}

function isLetter(target: string, names: string[]): boolean {
	return target.endsWith('/commands.server.ts') && names.join() === 'raiseConcern';
}

function layerOf(path: string): string {
	const [, first = '', second = ''] = path.split('/');
	if (first === 'server') return 'server';
	if (first !== 'lib') return 'routes'; // hooks, the policy and the service worker wire routes together
	return second === 'paraglide' ? 'messages' : second;
}

function featureOf(path: string): string {
	return path.startsWith('src/lib/features/') ? (path.split('/')[3] ?? '') : '';
}

/** Static and dynamic imports and re-exports of files of ours; packages and Kit's own are left out. */
function importsOf(path: string, source: string): Import[] {
	const statements = source.matchAll(
		/(?:import|export)\s+(?:type\s+)?([^'";]*?)\s*from\s*['"]([^'"]+)['"]|import\s*\(?\s*['"]([^'"]+)['"]/g
	);
	return [...statements].flatMap(([, clause = '', fromName, bareName]) => {
		const target = resolve(path, fromName ?? bareName ?? '');
		return target ? [{ target, names: namesIn(clause) }] : [];
	});
}

function resolve(path: string, name: string): string | null {
	if (name.startsWith('#lib/')) return `src/lib/${name.slice(5)}`;
	if (name.startsWith('$lib/')) return `src/lib/${name.slice(5)}`;
	if (!name.startsWith('.')) return null;
	const target = posix.join(posix.dirname(path), name);
	return target.startsWith('src/') && !target.includes('/$types') ? target : null;
}

function namesIn(clause: string): string[] {
	const inner = /\{([^}]*)\}/.exec(clause)?.[1];
	if (inner === undefined) return [clause];
	return inner.split(',').flatMap((name) => name.trim().replace(/^type\s+/, '') || []);
}
