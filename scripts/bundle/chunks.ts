import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

/** What lets a module be told apart: what it imports, who imports it, and whether it is started by itself. */
interface Graph {
	getModuleInfo(id: string): {
		importedIds: readonly string[];
		importers: readonly string[];
		dynamicImporters: readonly string[];
		isEntry: boolean;
	} | null;
}

const EVERYWHERE = '*';
const PAGE = /\/src\/routes\/.*\+(?:page|layout|error)[^/]*\.(?:svelte|ts)$/;
const AREA = /\/src\/routes\/(?:\(\w+\)\/)?([\w[\]-]+)\//;
/** The root's layout stands around children's pages too, and SvelteKit adds the styles of the app's start. */
const OF_CHILDREN = /\/src\/routes\/(?:\(child\)\/|\+layout\.svelte$)/;
const CHILDREN = 'children';
/** Where most people start their day (`homeOf`): what they wait for first. */
const STARTS = ['today', 'targets', 'roadmaps'];
const STYLE = /\.css(?:\?|$)/;
const MESSAGE = /\/paraglide\/messages\/(\w+)\.js$/;
const USES_MESSAGE = /(?<![\w.$])m\.([a-z]\w*)/g;

/**
 * Puts the browser's scripts into few files: `base` is what children's pages use as well, `common` what more than one of
 * the areas uses where a day starts, `later` what several areas use and none of those does, and each area has one for
 * what several of its pages use, one where a day starts for what others use of it too. So a page needs these and its
 * own. Styles go with their components.
 */
export function fewChunks(): Plugin {
	const usersOf = new Map<string, Set<string>>();
	return {
		name: 'halqa-few-chunks',
		apply: 'build',
		applyToEnvironment: ({ config }) => config.consumer === 'client',
		config({ build }) {
			if (build?.ssr) return;
			const chunkOf = chunks(usersOf);
			const is = (kind: RegExp) => (id: string, graph: Graph) => {
				const name = chunkOf(id, graph);
				return name && kind.test(name) ? name : null;
			};
			// each brings along what it imports and no file before it has
			const groups = [
				{ name: is(/^base$/), priority: 4 },
				{ name: is(/^child-/), priority: 3 },
				{ name: is(/^common$/), priority: 2 },
				{ name: is(new RegExp(`^area-(${STARTS.join('|')})$`)), priority: 1.75 },
				{ name: is(/^later$/), priority: 1.5 },
				{ name: is(/^area-/), priority: 1 }
			];
			return { build: { rolldownOptions: { output: { codeSplitting: { groups } } } } };
		},
		transform: {
			order: 'pre',
			filter: { id: /\/src\/.*\.(?:svelte|ts)$/ },
			handler(code, id) {
				for (const [, key] of code.matchAll(USES_MESSAGE))
					usersOf.set(key!, (usersOf.get(key!) ?? new Set()).add(id));
			}
		}
	};
}

/**
 * Names the file a module belongs to, null where the bundler may choose: with the one page that uses it.
 * A page has the styles of all files it needs, and a child's comes with them inline: so `base` has none, and
 * components with styles that children's pages use are in a file for each set of pages that use them.
 * @param usersOf the modules that say a message, by its key: whoever says any imports the list of all
 */
function chunks(usersOf: Map<string, Set<string>>) {
	const known = new Map<string, Set<string>>();
	return (id: string, graph: Graph): string | null => {
		if (isStart(id, graph)) return null;
		const pages = pagesOf(id, graph);
		const areas = new Set([...pages].map(areaOf));
		if (areas.has(CHILDREN) && isStyled(id, graph)) return `child-${hashOf(pages)}`;
		const starts = areas.has(EVERYWHERE) ? STARTS : STARTS.filter((one) => areas.has(one));
		if (areas.has(CHILDREN) && areas.size > 1 && starts.length > 0) return 'base';
		if (areas.size > 1) areas.delete(CHILDREN);
		if (starts.length > 1) return 'common';
		if (areas.size > 1 && starts.length === 0) return 'later';
		return pages.size > 1 ? `area-${starts[0] ?? [...areas][0]}` : null;
	};

	/** What brings a module along: pages, modules fetched when wanted, the start of the app itself. */
	function pagesOf(id: string, graph: Graph): Set<string> {
		const before = known.get(id);
		if (before) return before;
		const pages = new Set<string>();
		known.set(id, pages);
		if (isStart(id, graph)) return pages.add(/\/src\/routes\//.test(id) ? id : CHILDREN);
		const key = MESSAGE.exec(id)?.[1];
		const importers = key ? usersOf.get(key) : graph.getModuleInfo(id)?.importers;
		for (const importer of importers ?? [])
			for (const page of pagesOf(importer, graph)) pages.add(page);
		return pages;
	}
}

function isStyled(id: string, graph: Graph): boolean {
	const imported = graph.getModuleInfo(id)?.importedIds ?? [];
	return [id, ...imported].some((one) => STYLE.test(one));
}

function hashOf(pages: Set<string>): string {
	const names = [...pages].sort().join();
	return createHash('sha256').update(names).digest('hex').slice(0, 8);
}

/** Whether a module is brought along by no other: a page, what is fetched when wanted, the start of the app. */
function isStart(id: string, graph: Graph): boolean {
	const module = graph.getModuleInfo(id);
	return PAGE.test(id) || !!module?.isEntry || !!module?.dynamicImporters.length;
}

/** The part of the site a page lies in; what stands around all pages lies everywhere. */
function areaOf(page: string): string {
	return page === CHILDREN || OF_CHILDREN.test(page)
		? CHILDREN
		: (AREA.exec(page)?.[1] ?? EVERYWHERE);
}
