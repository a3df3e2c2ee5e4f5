import { minifySync, type Plugin } from 'vite';
import { transformSync } from 'rolldown/utils';
import { OLDEST_BROWSERS } from './browsers.ts';

/** Stands in built scripts where a message chooses its language, until each language gets its own. */
const LANGUAGE = '__HALQA_LANGUAGE__';
const MESSAGE_MODULE = /\/paraglide\/messages\/\w+\.js$/;
const CHOICE = 'const locale = experimentalStaticLocale ?? options.locale ?? getLocale()';

/**
 * Gives every language scripts of its own, in which messages say that language alone: `NAME.js` says
 * `base`, `NAME.fr.js` French. They import each other, and share styles and pictures with all.
 * Which of them a page starts is for the server to say. Throws when the messages are not compiled as expected.
 */
export function ownLanguage(base: string, languages: readonly string[]): Plugin {
	const others = languages.filter((language) => language !== base);
	return {
		name: 'halqa-own-language',
		apply: 'build',
		enforce: 'post',
		applyToEnvironment: ({ config }) => config.consumer === 'client',
		transform: {
			order: 'pre',
			filter: { id: MESSAGE_MODULE },
			handler: (code, id) => (id.endsWith('/_index.js') ? null : undecided(code, id))
		},
		generateBundle: {
			order: 'post',
			handler(_, bundle) {
				const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
				const names = new Set(chunks.map(({ fileName }) => baseName(fileName)));
				for (const chunk of chunks) {
					const { code, fileName } = chunk;
					for (const language of others)
						this.emitFile({
							type: 'asset',
							fileName: inLanguage(fileName, language),
							source: importing(speaking(code, fileName, language), names, language)
						});
					chunk.code = speaking(code, fileName, base);
				}
			}
		}
	};
}

/** A message's module, in which the language is left open; nobody on a page asks for another than the page's. */
function undecided(code: string, id: string): string {
	if (!code.includes(CHOICE)) throw new Error(`${id} chooses its language in an unknown way`);
	return code
		.replace(CHOICE, '')
		.replaceAll('if (locale === ', `if (${LANGUAGE} === `)
		.replace(/\(inputs(?: = \{\})?, options = \{\}\) =>/, '(inputs) =>');
}

/** A script with what other languages would say left out. */
function speaking(code: string, fileName: string, language: string): string {
	if (!code.includes(LANGUAGE)) return code;
	const define = { [LANGUAGE]: JSON.stringify(language) };
	const defined = transformSync(fileName, code, { define, target: OLDEST_BROWSERS }).code;
	const compress = { target: OLDEST_BROWSERS };
	return minifySync(fileName, defined, { module: true, compress }).code;
}

/** A script that imports those of its own language. */
function importing(code: string, names: Set<string>, language: string): string {
	return code.replace(/[\w$-]+(?:\.[\w$-]+)*\.js(?=["'`])/g, (name) =>
		names.has(name) ? inLanguage(name, language) : name
	);
}

function baseName(fileName: string): string {
	return fileName.slice(fileName.lastIndexOf('/') + 1);
}

function inLanguage(fileName: string, language: string): string {
	return fileName.replace(/\.js$/, `.${language}.js`);
}
