import { RULES } from '../../src/lib/features/erasure/rules.ts';
import { listPlaces } from '../../src/lib/features/people/places.queries.server.ts';
import type { Db } from '../../src/lib/platform/db/open.ts';
import { NEUTRAL, PERSONAL, STORED, type Of } from './stored.ts';

const OWN = ['kysely_migration', 'kysely_migration_lock'];
const WORDS = {
	goes: 'goes',
	stays: 'stays, of a row without a name',
	forgets: 'no longer says who'
};

/** What the vocabulary does not say of the schema, and what it says of nothing. */
export async function unannotated(db: Db): Promise<string[]> {
	const tables = await tablesOf(db);
	const without = tables.filter(({ name }) => !Object.hasOwn(STORED, name)).map(({ name }) => name);
	const gone = Object.keys(STORED).filter((name) => tables.every((table) => table.name !== name));
	const columns = tables.flatMap(({ name, columns }) =>
		columns.filter((column) => !isKnown(column)).map((column) => `${name}.${column}`)
	);
	return [...without, ...gone.map((name) => `${name}, which is no table`), ...columns];
}

/** The table _what is stored where_ as Markdown, from the schema of an open database. */
export async function storedTable(db: Db): Promise<string> {
	const tables = await tablesOf(db);
	const places = await listPlaces(db);
	const rows = (of: Of) =>
		tables
			.filter(({ name }) => STORED[name]?.of === of)
			.map(({ name, columns }) => {
				const { why, kept, erased } = STORED[name]!;
				const rules = places
					.filter(({ table }) => table === name)
					.map(({ table, column }) => RULES[`${table}.${column}`]);
				const says = erased ?? [...new Set(rules.map((rule) => WORDS[rule!]))].join('; ');
				return `| \`${name}\` | ${toldBy(columns)} | ${why} | ${kept} | ${says} |`;
			});
	const heads: readonly [Of, string][] = [
		['people', 'Of people of the register, and who cares for them'],
		['children, nobody’s', 'Of children, without a person'],
		['staff', 'Of staff'],
		['outside', 'Of people outside']
	];
	const parts = heads.map(
		([of, title]) =>
			`### ${title}\n\n| Table | What tells of somebody | Why | Kept | Erased |\n| --- | --- | --- | --- | --- |\n${rows(of).join('\n')}`
	);
	const rest = tables.filter(({ name }) => STORED[name]?.of === 'work');
	const names = rest.map(({ name }) => `\`${name}\``).join(' · ');
	return [...parts, `### Of nobody\n\n${names}`].join('\n\n');
}

function toldBy(columns: readonly string[]): string {
	const told = columns.filter((column) => column.endsWith('_sealed') || PERSONAL.includes(column));
	return told.map((column) => `\`${column}\``).join(' ');
}

function isKnown(column: string): boolean {
	return (
		column.endsWith('_sealed') ||
		PERSONAL.includes(column) ||
		NEUTRAL.some((one) => (typeof one === 'string' ? one === column : one.test(column)))
	);
}

async function tablesOf(db: Db): Promise<{ name: string; columns: string[] }[]> {
	const tables = await db.introspection.getTables();
	return tables
		.filter(({ name, isView }) => !isView && !OWN.includes(name))
		.map(({ name, columns }) => ({ name, columns: columns.map((column) => column.name) }))
		.sort((a, b) => (a.name < b.name ? -1 : 1));
}
