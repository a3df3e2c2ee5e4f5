import { parse, type AnyNode } from 'acorn';
import postcss, { type AtRule, type Declaration, type Node, type Rule } from 'postcss';
import { features } from 'web-features';

/**
 * What built files use that one of the oldest browsers does not know, by the names of the web-features data: the same
 * that tells people which browsers a page needs.
 */

/** By the names of that data. Phones go with their browser's number. */
const OLDEST = { chrome: 109, firefox: 115, safari: 15.6 } as const;

const { unknown, known } = sorted();
/** Methods by their name alone, which no browser of the oldest has on anything. */
const unknownMethods = new Map(
	[...unknown].flatMap((key) => {
		const name = methodIn(key);
		return name ? [[name, key] as const] : [];
	})
);
for (const key of known) {
	const name = methodIn(key);
	if (name) unknownMethods.delete(name);
}

/** Of the language and of documents: further off, names are of everything and nothing. */
function methodIn(key: string): string | undefined {
	return /^(?:javascript\.builtins\.\w+|api\.(?:\w*Element|Document|Node|Navigator))\.(\w+)$/.exec(
		key
	)?.[1];
}

function sorted() {
	const unknown = new Set<string>();
	const known = new Set<string>();
	for (const feature of Object.values(features)) {
		if (feature.kind !== 'feature') continue;
		for (const [key, { support }] of Object.entries(feature.status.by_compat_key ?? {})) {
			const isKnown = Object.entries(OLDEST).every(([browser, oldest]) => {
				const since = support[browser as keyof typeof OLDEST];
				return since !== undefined && Number(since.replace('≤', '')) <= oldest;
			});
			(isKnown ? known : unknown).add(key);
		}
	}
	return { unknown, known };
}

/** Of a style sheet; what it asks for with `@supports`, and what stands beside its prefixed form, is left out. */
export function unknownInStyles(css: string): Set<string> {
	const found = new Set<string>();
	const note = (key: string) => unknown.has(key) && found.add(key);
	postcss.parse(css).walk((node) => {
		if (isAsked(node)) return;
		if (node.type === 'decl') noteDeclaration(node, note);
		if (node.type === 'rule') noteRule(node, note);
		if (node.type === 'atrule') noteAtRule(node, note);
	});
	return found;
}

type Note = (key: string) => void;

function isAsked(node: Node): boolean {
	for (let around = node.parent; around; around = around.parent)
		if (around.type === 'atrule' && (around as AtRule).name === 'supports') return true;
	return false;
}

function noteDeclaration({ prop, value, parent }: Declaration, note: Note): void {
	if (
		prop.startsWith('-') ||
		parent?.some((one) => 'prop' in one && one.prop === `-webkit-${prop}`)
	)
		return;
	note(`css.properties.${prop}`);
	for (const [word] of value.matchAll(/[a-z][\w-]*/g)) note(`css.properties.${prop}.${word}`);
	for (const [, name] of value.matchAll(/([a-z][\w-]*)\(/g))
		for (const key of unknown)
			if (key.startsWith('css.types.') && key.endsWith(`.${name}`)) note(key);
}

function noteRule({ selector, parent }: Rule, note: Note): void {
	for (const [, name] of selector.matchAll(/::?([a-z][\w-]*)/g)) note(`css.selectors.${name}`);
	if (parent?.type === 'rule') note('css.selectors.nesting');
}

function noteAtRule({ name, params }: AtRule, note: Note): void {
	note(`css.at-rules.${name}`);
	for (const [word] of params.matchAll(/[a-z][\w-]*/g)) note(`css.at-rules.${name}.${word}`);
	if (name === 'media' && /[<>]/.test(params)) note('css.at-rules.media.range_syntax');
}

/** Of a script, as a module: syntax later than ES2022 throws. */
export function unknownInScript(code: string): Set<string> {
	const found = new Set<string>();
	for (const node of nodesOf(parse(code, { ecmaVersion: 2022, sourceType: 'module' }))) {
		if (node.type === 'StaticBlock') found.add('syntax: static block');
		if (node.type === 'Literal' && node.regex && /\(\?<[=!]/.test(node.regex.pattern))
			found.add('syntax: look-behind');
		if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') continue;
		const { object, property, computed } = node.callee;
		if (computed || property.type !== 'Identifier') continue;
		const owner = object.type === 'Identifier' ? object.name : '';
		const key = [
			`javascript.builtins.${owner}.${property.name}`,
			`api.${owner}.${property.name}_static`
		].find((one) => unknown.has(one));
		const named = key ?? unknownMethods.get(property.name);
		if (named) found.add(named);
	}
	return found;
}

function* nodesOf(from: AnyNode): Generator<AnyNode> {
	const open: unknown[] = [from];
	while (open.length > 0) {
		const one = open.pop();
		if (typeof one !== 'object' || one === null) continue;
		if ('type' in one && typeof one.type === 'string') yield one as AnyNode;
		open.push(...Object.values(one));
	}
}
