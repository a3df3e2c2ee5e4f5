import { beforeEach, describe, expect, it } from 'vitest';
import { instantOf } from '#lib/platform/clock/zone.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { aSetting, type Setting } from '#tests/factories/place.ts';
import { addAccount, addSection, contextOf, type Account } from '#tests/factories/rows.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { checkLanguage, correctText, restoreText } from './commands.server.ts';
import {
	listOffered,
	listWords,
	versionOf,
	wordingBeforeCode,
	wordingOf
} from './queries.server.ts';

const NOON = instantOf('2026-05-05', '12:00', 'Asia/Beirut');

let fresh: FreshDatabase;
let here: Setting;
let admin: Account;

beforeEach(async () => {
	fresh = await freshDatabase();
	here = await aSetting(fresh);
	admin = await addAccount(fresh, { sectionId: here.sectionId, role: 'admin' });
});

const as = (account: Account) => contextOf(fresh, account, NOON, "check children's words");

async function correct(language: 'en' | 'fr' | 'ar', key: string, text: string, who = admin) {
	const outcome = await correctText(as(who), { language, key, text }, newId());
	return outcome.ok ? 'done' : outcome.refusal.reason;
}

async function check(language: 'en' | 'fr' | 'ar', who = admin) {
	const { fingerprint } = await listWords(as(who), language);
	const outcome = await checkLanguage(as(who), { language, fingerprint }, newId());
	return outcome.ok ? 'done' : outcome.refusal.reason;
}

/** What children of the section find. */
async function found() {
	return wordingOf(fresh.db, await versionOf(as(admin)));
}

const stateOf = async (language: 'en' | 'fr' | 'ar') =>
	(await listWords(as(admin), language)).languages.find(({ locale }) => locale === language)!;

describe('a language of an own organisation', () => {
	it('is offered once somebody has checked it, and says who and when', async () => {
		expect((await found()).offered).toEqual(['en']);
		expect(await listOffered(as(admin))).toEqual({ offered: ['en'], waiting: ['fr', 'ar'] });
		expect(await check('ar')).toBe('done');
		expect((await found()).offered).toEqual(['en', 'ar']);
		expect((await stateOf('ar')).checked).toMatchObject({ on: '2026-05-05' });
	});

	it('is not offered any more once a text of it is corrected, until it is checked again', async () => {
		await check('ar');
		expect(await correct('ar', 'child_next', 'إلى الأمام')).toBe('done');
		expect((await found()).offered).toEqual(['en']);
		expect((await stateOf('ar')).state).toBe('changed');
		const { groups } = await listWords(as(admin), 'ar');
		const changed = groups.flatMap(({ texts }) => texts.filter(({ isChanged }) => isChanged));
		expect(changed.map(({ id, text, released }) => [id, text, released])).toEqual([
			['child_next', 'إلى الأمام', 'التالي']
		]);
		await check('ar');
		const wording = await found();
		expect(wording.offered).toEqual(['en', 'ar']);
		expect(wording.corrections.ar?.get('child_next')).toBe('إلى الأمام');
	});

	it('is changed since by a release that changes a text', async () => {
		await check('ar');
		await fresh.db.updateTable('wording_check').set({ fingerprint: 'of other texts' }).execute();
		await fresh.db.updateTable('wording').set({ version: 7 }).execute();
		expect((await stateOf('ar')).state).toBe('changed');
		expect((await found()).offered).toEqual(['en']);
	});

	it('is as it was checked once the correction is taken back', async () => {
		await check('fr');
		await correct('fr', 'child_next', 'Continuer');
		const taken = await restoreText(as(admin), { language: 'fr', key: 'child_next' }, newId());
		expect(taken.ok).toBe(true);
		expect((await stateOf('fr')).state).toBe('checked');
		await correct('fr', 'child_back', 'Avant');
		await correct('fr', 'child_back', 'Retour');
		expect((await stateOf('fr')).state).toBe('checked');
	});

	it('is never none: an English that is corrected and not checked gives way, or comes as released', async () => {
		await correct('en', 'child_next', 'Forth');
		const wording = await found();
		expect(wording).toEqual({ offered: ['en'], corrections: {} });
		await check('ar');
		expect((await found()).offered).toEqual(['ar']);
		await check('en');
		expect((await found()).corrections.en?.get('child_next')).toBe('Forth');
	});
});

describe('a correction', () => {
	it('keeps placeholders, and is refused for a text there is none of', async () => {
		expect(await correct('en', 'child_help_asked', 'They know')).toBe('lacks');
		expect(await correct('en', 'child_next', 'Next {page}')).toBe('unknown');
		expect(await correct('en', 'child_next', 'Next }')).toBe('brace');
		expect(await correct('en', 'ask_title_safe', 'Safe')).toBe('not_found');
		expect(await correct('ar', 'child_welcome_count:few', '{count} أسئلة فقط.')).toBe('done');
		expect(await fresh.db.selectFrom('wording_text').selectAll().execute()).toHaveLength(1);
	});

	it('is for who works for all centres, and for the own section', async () => {
		expect(await correct('en', 'child_next', 'Forth', here.coordinator)).toBe('not_whole');
		expect(await check('ar', here.coordinator)).toBe('not_whole');
		const other = await addAccount(fresh, {
			sectionId: await addSection(fresh, 'Togo'),
			role: 'admin'
		});
		await correct('fr', 'child_next', 'Avance', other);
		await check('fr', other);
		expect((await found()).offered).toEqual(['en']);
		expect((await stateOf('fr')).state).toBe('unchecked');
	});

	it('made while somebody read keeps them from checking what they did not see', async () => {
		const { fingerprint } = await listWords(as(admin), 'ar');
		await correct('ar', 'child_next', 'إلى الأمام');
		const outcome = await checkLanguage(as(admin), { language: 'ar', fingerprint }, newId());
		expect(outcome.ok).toBe(false);
		expect((await stateOf('ar')).state).toBe('unchecked');
	});

	it('leaves an audit entry without the text', async () => {
		await correct('ar', 'child_next', 'إلى الأمام');
		const entries = await fresh.db.selectFrom('audit').selectAll().execute();
		expect(entries.map(({ action, field_names }) => [action, field_names])).toContainEqual([
			'correct text',
			'text'
		]);
		expect(JSON.stringify(entries)).not.toContain('إلى');
	});
});

describe('before anybody has said whose session it is', () => {
	it('one organisation speaks its own words, several what one of them offers, the example only alone', async () => {
		await check('ar');
		expect((await wordingBeforeCode(fresh.db)).offered).toEqual(['en', 'ar']);
		const example = await addSection(fresh, 'Example');
		await fresh.db
			.updateTable('section')
			.set({ is_example: 1 })
			.where('id', '=', example)
			.execute();
		expect((await wordingBeforeCode(fresh.db)).offered).toEqual(['en', 'ar']);
		await fresh.db.updateTable('section').set({ is_example: 1 }).execute();
		expect((await wordingBeforeCode(fresh.db)).offered).toEqual(['en', 'fr', 'ar']);
	});
});
