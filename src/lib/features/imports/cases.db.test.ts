import { readFileSync, readdirSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { mergePeople } from '#lib/features/merging/commands.server.ts';
import { openName } from '#lib/features/people/queries.server.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { Sex } from '#lib/platform/db/schema.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { compareCodes } from '#lib/platform/i18n/collation.ts';
import { textsJson } from '#lib/platform/i18n/texts.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { through, undo } from '#tests/factories/imports.ts';
import { addAccount, addCentre, addRoom, addSection, contextOf } from '#tests/factories/rows.ts';
import { chooseColumns, takeFile, type ColumnChoices } from './commands.server.ts';
import { canUndo, decide, startCheck, startRun } from './progress.server.ts';
import { findImport, type Import } from './queries.server.ts';
import type { Decision, ImportKind, ImportedAudience } from './types.ts';

const FOLDER = 'tests/cases/import';
/** The day every list comes in. */
const TODAY = Date.parse('2026-11-27T10:00:00Z');

let fresh: FreshDatabase;
let ctx: Context;
beforeEach(async () => {
	fresh = await freshDatabase();
	const sectionId = await addSection(fresh);
	const centreId = await addCentre(fresh, sectionId, 'Example centre Akkar 1');
	const other = await addCentre(fresh, sectionId, 'Example centre Beirut 1');
	await fresh.db
		.updateTable('centre')
		.set({ name_texts: textsJson({ en: 'Example centre Akkar 1', ar: 'مركز عكار ١ (مثال)' }) })
		.where('id', '=', centreId)
		.execute();
	for (const id of [centreId, other]) await addRoom(fresh, { sectionId, centreId: id });
	const account = { sectionId, centreIds: [centreId], role: 'coordinator' as const };
	ctx = contextOf(fresh, await addAccount(fresh, account), TODAY);
});

interface Answers {
	choose?: (item: Import) => Partial<ColumnChoices>;
	decision?: Decision;
	audience?: ImportedAudience;
}

/** What a list gave: what was asked before anything, what the check said, and where it ended. */
interface Given {
	faults: string[];
	checked?: Import;
	done?: Import;
	refused?: string;
}

/** Brings a list in as the page does, with every guess as it is but for the answers. */
async function bring(file: string, kind: ImportKind, answers: Answers = {}): Promise<Given> {
	const sent = { bytes: new Uint8Array(readFileSync(`${FOLDER}/${file}`)), fileName: file };
	const taken = await takeFile(ctx, { kind, sent }, newId());
	if (!taken.ok) return { faults: [], refused: taken.refusal.reason };
	const { id } = taken.done;
	let item = await read(id);
	for (let isOpen = true; isOpen;) {
		const choices = { ...asShown(item), ...answers.choose?.(item) };
		const chosen = await chooseColumns(ctx, { id, choices, whole: true }, newId());
		if (!chosen.ok) return { faults: faultsIn(chosen.refusal), checked: item };
		isOpen = chosen.done.isNewShape;
		item = await read(id);
	}
	await startCheck(ctx, id, { once: newId() });
	await through(ctx, id);
	if (answers.decision)
		await decide(ctx, id, { once: newId(), position: null, decision: answers.decision });
	const checked = await read(id);
	const audiences = Object.fromEntries(
		answers.audience ? checked.setup.coming.map((_, at) => [at, answers.audience!]) : []
	);
	const { version } = checked;
	const started = await startRun(ctx, id, { once: newId(), version, audiences });
	if (!started.ok) return { faults: [started.refusal.reason], checked };
	await through(ctx, id);
	return { faults: [], checked, done: await read(id) };
}

async function read(id: string): Promise<Import> {
	return (await findImport(ctx, id))!;
}

function faultsIn(refusal: { reason: string }): string[] {
	const { faults } = refusal as { faults?: { code: string }[] };
	return faults ? faults.map(({ code }) => code) : [refusal.reason];
}

function asShown({ setup, version }: Import): ColumnChoices {
	const { sheets, columns, marks, sexes, options } = setup;
	const per = <Value>(values: readonly Value[]) =>
		Object.fromEntries(values.map((value, at) => [String(at), value]));
	return {
		version,
		sheet: sheets.map((_, at) => String(at)),
		dateOrder: options.dateOrder,
		use: per(columns.map(({ use }) => use)),
		mark: per(marks.map(({ meaning }) => meaning ?? ('' as const))),
		sexWord: per(sexes.map(({ sex }) => sex ?? ('' as const))),
		cohort: per(sheets.map(({ cohort }) => cohort)),
		...(options.centreId && { centre: options.centreId }),
		...(options.year && { year: options.year }),
		...(options.calendar && { calendar: options.calendar })
	};
}

type Person = [name: string, sex: Sex, year: number, month?: number];

/** Everybody there is, by name. */
async function people(): Promise<Person[]> {
	const rows = await fresh.db
		.selectFrom('person')
		.selectAll()
		.where('merged_into', 'is', null)
		.execute();
	const all = rows.map((row): Person => {
		const name = openName(fresh.ring, row.id, row.name_sealed);
		const { sex, birth_year, birth_month } = row;
		return birth_month ? [name, sex, birth_year, birth_month] : [name, sex, birth_year];
	});
	return all.sort((one, other) => compareCodes(one.join(), other.join()));
}

async function names(): Promise<string[]> {
	return (await people()).map(([name]) => name);
}

async function groups(): Promise<[string, string][]> {
	const rows = await fresh.db.selectFrom('cohort').selectAll().execute();
	const all = rows.map(({ name_texts, audience }): [string, string] => {
		const [name] = Object.values(JSON.parse(name_texts) as Record<string, string>);
		return [name!, audience];
	});
	return all.sort(([one], [other]) => compareCodes(one, other));
}

async function sessions(): Promise<string[]> {
	const rows = await fresh.db
		.selectFrom('session')
		.select(['on_date', 'start_time', 'status'])
		.orderBy('on_date')
		.orderBy('start_time')
		.execute();
	return rows.map(({ on_date, status }) => (status === 'held' ? on_date : `${on_date} ${status}`));
}

async function markCount(): Promise<number> {
	return (await fresh.db.selectFrom('mark').select('session_id').execute()).length;
}

const problems = ({ checked }: Given) => checked!.counts.problems.map(({ code }) => code).sort();
const verdicts = ({ checked }: Given) => checked!.counts.verdicts;
const notes = ({ checked }: Given) => checked!.setup.sheets[0]!.notes;

/** A case: the files it brings, and what they must give. */
const CASES: Record<string, () => Promise<void>> = {
	'numbers-restart.xlsx': async () => {
		const given = await bring('numbers-restart.xlsx', 'people');
		expect(verdicts(given)).toEqual({ new: 6 });
		expect((await groups()).map(([name]) => name)).toEqual(['Blues', 'Reds']);
		const members = await fresh.db.selectFrom('cohort_member').select('person_id').execute();
		expect(members).toHaveLength(6);
	},
	'sections-girls-boys.xlsx': async () => {
		const given = await bring('sections-girls-boys.xlsx', 'people');
		expect(verdicts(given)).toEqual({ new: 6, out: 2 });
		expect((await people()).filter(([, sex]) => sex === 'm')).toHaveLength(3);
	},
	'register-two-sheets-gap.xlsx': async () => {
		await bring('register-two-sheets-gap.xlsx', 'registers');
		expect(await people()).toHaveLength(6);
	},
	'old-register-ages.xlsx old-register-ages-2.xlsx': async () => {
		await bring('old-register-ages.xlsx', 'registers');
		expect((await people()).map(([, , year]) => year)).toEqual([2014, 2015, 2012]);
		const again = await bring('old-register-ages-2.xlsx', 'people');
		expect(verdicts(again)).toEqual({ same: 3 });
		expect(await people()).toHaveLength(3);
	},
	'yearless-term.xlsx': async () => {
		const given = await bring('yearless-term.xlsx', 'registers');
		expect(await sessions()).toEqual(['2026-11-05', '2026-11-12', '2026-11-19', '2026-11-26']);
		expect(given.checked!.setup.sheets[0]!.futureDates).toEqual(['2026-12-03', '2026-12-10']);
		expect(given.checked!.setup.options.year).toBe(2026);
	},
	'morning-afternoon.xlsx': async () => {
		await bring('morning-afternoon.xlsx', 'registers');
		expect(await sessions()).toEqual(['2026-03-05', '2026-03-05', '2026-03-12', '2026-03-12']);
		expect(await markCount()).toBe(12);
		const again = await bring('morning-afternoon.xlsx', 'registers');
		expect(again.checked!.counts).toMatchObject({ sessions: 0, marks: 0, marksChanged: 0 });
	},
	'day-numbers-under-month.xlsx': async () => {
		await bring('day-numbers-under-month.xlsx', 'registers');
		expect(await sessions()).toEqual(['2026-03-04', '2026-03-11', '2026-03-18', '2026-03-25']);
		expect(await markCount()).toBe(8);
	},
	'names-only.xlsx': async () => {
		const given = await bring('names-only.xlsx', 'registers');
		expect(given.checked!.setup.sheets[0]!.headerRows).toEqual([0]);
		expect(problems(given)).toContain('sex_missing');
		await bring('names-only.xlsx', 'registers', { choose: () => ({ sex: 'f', birthYear: 2015 }) });
		expect(await sessions()).toEqual(['2026-04-05', '2026-04-12']);
		expect(await names()).toEqual(['Rhea Nohra', 'Said Nohra', 'Unknown Person']);
	},
	'kobo-long.csv': async () => {
		const given = await bring('kobo-long.csv', 'registers');
		expect(given.checked!.counts).toMatchObject({ sessions: 2, marks: 3 });
		expect(await sessions()).toEqual(['2026-03-05', '2026-03-12']);
		expect(await names()).toEqual(['Line Khairallah', 'Roy Khairallah']);
		const again = await bring('kobo-long.csv', 'registers');
		expect(again.checked!.counts).toMatchObject({ sessions: 0, marks: 0, marksChanged: 0 });
	},
	'swapped-real-dates.xlsx': async () => {
		const given = await bring('swapped-real-dates.xlsx', 'registers');
		expect(given.checked!.setup.sheets[0]).toMatchObject({ isOutOfOrder: true, isMixed: true });
	},
	'swapped-real-dates.xlsx, day and month swapped back': async () => {
		await bring('swapped-real-dates.xlsx', 'registers', { choose: () => ({ swapDates: 'yes' }) });
		expect(await sessions()).toEqual(['2026-03-05', '2026-03-12', '2026-03-19', '2026-03-26']);
	},
	'cousins-same-name.xlsx': async () => {
		const given = await bring('cousins-same-name.xlsx', 'people', { decision: 'new' });
		expect(verdicts(given)).toEqual({ new: 1, maybe: 1 });
		expect((await people()).map(([, , , month]) => month)).toEqual([11, 2]);
		const again = await bring('cousins-same-name.xlsx', 'people');
		expect(verdicts(again)).toEqual({ same: 2 });
	},
	'cousins-same-name.xlsx, one child': async () => {
		await bring('cousins-same-name.xlsx', 'people', { decision: 'same' });
		expect(await people()).toHaveLength(1);
	},
	'dob-december-register.xlsx': async () => {
		await bring('dob-december-register.xlsx', 'registers');
		expect(await people()).toEqual([
			['Joy Wakim', 'f', 2013, 2],
			['Thea Wakim', 'f', 2013, 12]
		]);
	},
	'dob-december.xlsx': async () => {
		await bring('dob-december.xlsx', 'people');
		expect((await people()).map(([, , , month]) => month)).toEqual([12, 1]);
	},
	'formula-errors.xlsx': async () => {
		const given = await bring('formula-errors.xlsx', 'people');
		expect(verdicts(given)).toEqual({ new: 1, out: 2 });
		expect(problems(given)).toContain('name_error');
		expect(await groups()).toEqual([['Owls A', 'children']]);
	},
	'two-phones.xlsx': async () => {
		const given = await bring('two-phones.xlsx', 'people');
		expect(given.checked!.counts.problems).toMatchObject([
			{ code: 'phones_several', count: 2 },
			{ code: 'phone_unknown', count: 1 }
		]);
		expect(await people()).toHaveLength(4);
	},
	'hombre-mujer.csv': async () => {
		expect((await bring('hombre-mujer.csv', 'people')).faults).toEqual(['sex', 'sex']);
		const words = ({ setup }: Import) =>
			Object.fromEntries(
				setup.sexes.map(({ text }, at) => [at, text === 'm' ? ('f' as const) : ('m' as const)])
			);
		await bring('hombre-mujer.csv', 'people', { choose: (item) => ({ sexWord: words(item) }) });
		expect((await people()).map(([, sex]) => sex)).toEqual(['f', 'f', 'm']);
	},
	'boys-girls.csv': async () => {
		await bring('boys-girls.csv', 'people');
		expect(await people()).toEqual([
			['Milo Haddad', 'm', 2017],
			['Zeina Haddad', 'f', 2018]
		]);
	},
	'age-band-became-date.xlsx': async () => {
		expect((await bring('age-band-became-date.xlsx', 'people')).faults).toEqual(['age_dates']);
		const given = await bring('age-band-became-date.xlsx', 'people', {
			choose: () => ({ ageDates: 'out' })
		});
		expect(verdicts(given)).toEqual({ out: 3 });
	},
	'age-group-column.xlsx': async () => {
		await bring('age-group-column.xlsx', 'people');
		expect(await groups()).toEqual([]);
		expect(await people()).toHaveLength(2);
	},
	'mothers.xlsx': async () => {
		expect((await bring('mothers.xlsx', 'people')).faults).toEqual(['audience_missing']);
		await bring('mothers.xlsx', 'people', { audience: 'caregivers' });
		expect(await groups()).toEqual([['Mothers Akkar', 'caregivers']]);
		const kinds = await fresh.db.selectFrom('person').select('kind').execute();
		expect(kinds).toEqual([{ kind: 'caregiver' }, { kind: 'caregiver' }]);
	},
	'mothers-group.csv mothers-list.csv': async () => {
		await bring('mothers-group.csv', 'cohorts');
		expect((await bring('mothers-list.csv', 'people')).faults).toEqual([]);
		expect(await groups()).toEqual([['Mothers Halba', 'caregivers']]);
		expect(await people()).toHaveLength(2);
	},
	'family-first.xlsx': async () => {
		const given = await bring('family-first.xlsx', 'people', { decision: 'same' });
		expect(verdicts(given).new).toBe(1);
		expect(verdicts(given).maybe).toBeGreaterThan(0);
		expect(await names()).toEqual(['KHALIFEH Maya']);
	},
	'arabic-invisible.xlsx': async () => {
		const given = await bring('arabic-invisible.xlsx', 'people');
		expect(verdicts(given)).toEqual({ new: 1, repeat: 6 });
	},
	'thai-be.csv': async () => {
		const given = await bring('thai-be.csv', 'people');
		expect(given.checked!.setup.options.calendar).toBe('buddhist');
		expect(await people()).toEqual([
			['กมล ใจดี', 'f', 2014, 3],
			['ธนา สุขใจ', 'm', 2013, 7]
		]);
	},
	'merged-then-again.xlsx': async () => {
		await bring('merged-then-again.xlsx', 'people');
		const idOf = async (birth_year: number) =>
			(
				await fresh.db
					.selectFrom('person')
					.select('id')
					.where('birth_year', '=', birth_year)
					.executeTakeFirstOrThrow()
			).id;
		const pair = { keptId: await idOf(2014), mergedId: await idOf(2015) };
		await mergePeople(ctx, pair, newId());
		const again = await bring('merged-then-again.xlsx', 'people');
		expect(verdicts(again)).toEqual({ same: 1, repeat: 1 });
		expect(await people()).toEqual([['Salma Chamoun', 'f', 2014]]);
	},
	'filtered.xlsx': async () => {
		const given = await bring('filtered.xlsx', 'people');
		expect(notes(given).hiddenRows).toEqual([2]);
		expect(await names()).toContain('Left Theprogramme');
	},
	'filtered.xlsx, without hidden rows': async () => {
		await bring('filtered.xlsx', 'people', { choose: () => ({ hiddenRows: 'out' }) });
		expect(await names()).toEqual(['Dima Awad', 'Fouad Awad']);
	},
	'last-row-stray.xlsx': async () => {
		const given = await bring('last-row-stray.xlsx', 'people');
		expect(await people()).toHaveLength(1);
		expect(notes(given).stray).toHaveLength(1);
	},
	'totaux.xlsx': async () => {
		await bring('totaux.xlsx', 'registers');
		expect(await names()).toEqual(['Axelle Diab', 'Ines Fakih', 'Noé Diab']);
		expect(await markCount()).toBe(6);
	},
	'twice.xlsx corrected.xlsx': async () => {
		await bring('twice.xlsx', 'registers');
		const again = await bring('twice.xlsx', 'registers');
		expect(again.checked!.counts).toMatchObject({ verdicts: { same: 3 }, marks: 0, sessions: 0 });
		const corrected = await bring('corrected.xlsx', 'registers', { decision: 'same' });
		expect(corrected.done!.counts).toMatchObject({ marks: 6, marksChanged: 1 });
		expect(await people()).toHaveLength(4);
	},
	'twice.xlsx, taken back after corrected.xlsx': takenBackTwice,
	'mac-1904.xlsx': () => isRead('mac-1904.xlsx', 'registers', 2),
	'strict.xlsx': () => isRead('strict.xlsx', 'registers', 2),
	'inline-strings.xlsx': () => isRead('inline-strings.xlsx', 'people', 2),
	'last-row-space.xlsx': () => isRead('last-row-space.xlsx', 'people', 1),
	'utf16.csv': () => isRead('utf16.csv', 'people', 1),
	'win1256.csv': () => isRead('win1256.csv', 'people', 2),
	'arabic-digit-dates.xlsx': async () => {
		await isRead('arabic-digit-dates.xlsx', 'registers', 2);
		expect(await sessions()).toEqual(['2026-03-05', '2026-03-12', '2026-03-19']);
	},
	'three-names.xlsx': () => isRead('three-names.xlsx', 'people', 1),
	'header-row-8-arabic.xlsx': async () => {
		expect((await bring('header-row-8-arabic.xlsx', 'registers')).faults).toEqual(['cohort']);
		const choose = () => ({ cohort: { 0: 'فراشات' } });
		const given = await bring('header-row-8-arabic.xlsx', 'registers', { choose });
		expect(given.checked!.setup.sheets[0]!.headerRows).toEqual([7]);
		expect(await people()).toHaveLength(3);
	},
	'two-groups.xlsx': async () => {
		await isRead('two-groups.xlsx', 'registers', 1);
		expect((await groups()).map(([name]) => name)).toEqual(['Drama', 'Sports']);
	},
	'group-spelling.xlsx': async () => {
		await isRead('group-spelling.xlsx', 'people', 5);
		expect(await groups()).toHaveLength(3);
	},
	'colours-only.xlsx': async () => {
		const given = await bring('colours-only.xlsx', 'registers');
		expect(given.checked!.counts).toMatchObject({ sessions: 2, unrecorded: 2, marks: 0 });
	},
	'other-centre.csv': async () => {
		const given = await bring('other-centre.csv', 'people');
		expect(verdicts(given)).toEqual({ new: 2, out: 1 });
		expect(problems(given)).toEqual(['centre_unknown']);
	},
	'formula-names.xlsx': async () => {
		const given = await bring('formula-names.xlsx', 'people');
		expect(verdicts(given).new).toBe(8);
	}
};

async function isRead(file: string, kind: ImportKind, count: number): Promise<void> {
	expect((await bring(file, kind)).faults).toEqual([]);
	expect(await people()).toHaveLength(count);
}

async function takenBackTwice(): Promise<void> {
	const first = (await bring('twice.xlsx', 'registers')).done!;
	const second = (await bring('corrected.xlsx', 'registers', { decision: 'same' })).done!;
	const alma = (await fresh.db.selectFrom('person').selectAll().execute()).find(
		(row) => openName(fresh.ring, row.id, row.name_sealed) === 'Alma Khoury'
	)!;
	await fresh.db
		.updateTable('person')
		.set({ language: 'fr', version: alma.version + 1 })
		.where('id', '=', alma.id)
		.execute();
	const undone = await undo(ctx, first.id);
	const stayed = undone.setup.stayed!;
	expect(stayed).toContainEqual({ table: 'person', id: alma.id, why: 'changed' });
	expect(stayed.filter(({ table }) => table === 'session')).toHaveLength(2);
	expect(await canUndo(ctx, first.id)).toBe(true);
	await undo(ctx, second.id);
	const again = await undo(ctx, first.id);
	expect(again.setup.stayed).toEqual([{ table: 'person', id: alma.id, why: 'changed' }]);
	expect(await names()).toEqual(['Alma Khoury']);
	expect(await sessions()).toEqual([]);
	expect(await groups()).toEqual([]);
}

describe('a list of the cases', () => {
	it.each(Object.entries(CASES))('%s', (_, run) => run());

	it('is each of the folder', () => {
		const named = Object.keys(CASES).join(' ');
		expect(readdirSync(FOLDER).filter((file) => !`${named} README.md`.includes(file))).toEqual([]);
	});
});
