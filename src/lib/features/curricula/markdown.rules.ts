/**
 * The safe subset of Markdown that notes are written in: paragraphs, lists, **bold** and *italics*. Read into plain
 * data, which a component draws: whatever else is typed, tags and links among it, stays the text it is.
 */
export interface Span {
	text: string;
	style: 'plain' | 'bold' | 'italic';
}
export type Block =
	{ kind: 'paragraph'; lines: Span[][] } | { kind: 'list'; ordered: boolean; items: Span[][] };

const BULLET = /^\s*[-*•]\s+(.*)$/u;
/** Latin, Arabic-Indic and Persian digits. */
const NUMBERED = /^\s*[0-9٠-٩۰-۹]{1,3}[.)]\s+(.*)$/u;
const STYLED = /\*\*([^*]+)\*\*|\*([^*\s](?:[^*]*[^*\s])?)\*/gu;

/** Blocks of a text, in their order; blank lines part paragraphs. */
export function blocksOf(text: string): Block[] {
	const blocks: Block[] = [];
	let isApart = true;
	for (const line of text.split(/\r?\n/)) {
		if (line.trim() === '') {
			isApart = true;
			continue;
		}
		addLine(blocks, line, isApart);
		isApart = false;
	}
	return blocks;
}

function addLine(blocks: Block[], line: string, isApart: boolean): void {
	const last = isApart ? undefined : blocks.at(-1);
	const numbered = NUMBERED.exec(line)?.[1];
	const ordered = numbered !== undefined;
	const item = numbered ?? BULLET.exec(line)?.[1];
	if (item === undefined) {
		if (last?.kind === 'paragraph') last.lines.push(spansOf(line));
		else blocks.push({ kind: 'paragraph', lines: [spansOf(line)] });
	} else if (last?.kind === 'list' && last.ordered === ordered) last.items.push(spansOf(item));
	else blocks.push({ kind: 'list', ordered, items: [spansOf(item)] });
}

/** A line as pieces of one style each. */
export function spansOf(line: string): Span[] {
	const spans: Span[] = [];
	let from = 0;
	for (const found of line.matchAll(STYLED)) {
		if (found.index > from) spans.push({ text: line.slice(from, found.index), style: 'plain' });
		const [whole, bold, italic] = found;
		spans.push(
			bold === undefined ? { text: italic!, style: 'italic' } : { text: bold, style: 'bold' }
		);
		from = found.index + whole.length;
	}
	if (from < line.length) spans.push({ text: line.slice(from), style: 'plain' });
	return spans;
}
