import type { z } from 'zod';
import { seedHolidays } from '#lib/features/centres/commands.server.ts';
import { startDirectory } from '#lib/features/directory/rows.commands.server.ts';
import type { Role } from '#lib/platform/access/roles.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import { command, type KeyReused, type Outcome } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { KeyRing } from '#lib/platform/crypto/keyring.ts';
import type { Db } from '#lib/platform/db/open.ts';
import { namesIn } from '#lib/platform/forms/fields.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { COUNTRIES } from '#lib/platform/i18n/countries.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { textsJson } from '#lib/platform/i18n/texts.ts';
import { insertAccount, replaceRoles } from '#lib/platform/login/account-rows.ts';
import { auditOwn } from '#lib/platform/login/own-audit.ts';
import { passwordFault, type PasswordFault } from '#lib/platform/login/password-fault.ts';
import { hashPassword } from '#lib/platform/login/passwords.ts';
import type { organisationForm, setupForm } from './forms.ts';
import { useSetupLink } from './link.commands.server.ts';
import { isZoneOf, languagesFrom, weekdaysText } from './rules.ts';

type Setup = z.output<typeof setupForm>;
export type SetupRefusal =
	| { reason: 'link' | 'country' | 'zone' | 'email_taken' }
	| { reason: 'password'; fault: PasswordFault };

/**
 * What whoever sets up an organisation holds, for the whole of it: enough to do the first year alone. Answering
 * children is among it, as nobody else is there to: a wish that reaches nobody is the worst of all.
 */
const FIRST_ROLES = [
	'coordinator',
	'manager',
	'focal_point',
	'admin'
] as const satisfies readonly Role[];

class Taken extends Error {
	readonly reason: 'link' | 'email_taken';

	constructor(reason: 'link' | 'email_taken') {
		super(reason);
		this.reason = reason;
	}
}

/**
 * Makes a new organisation with its first administrator, whom children of its country can turn to and, if wanted,
 * this and the next year's public holidays, and uses up the link, all or nothing. Nobody is logged in yet, so it is no command with a key: the link is the key.
 */
export async function setUpOrganisation(
	{ db, ring }: { db: Db; ring: KeyRing },
	input: Setup & { token: string; locale: Locale; now: number }
): Promise<Outcome<{ accountId: string }, SetupRefusal>> {
	const refused = (refusal: SetupRefusal) => ({ ok: false as const, refusal });
	if (!COUNTRIES.includes(input.country)) return refused({ reason: 'country' });
	if (!isZoneOf(input.country, input.zone)) return refused({ reason: 'zone' });
	const about = [input.email, input.admin, input.organisation];
	const fault = passwordFault(input.password, about);
	if (fault) return refused({ reason: 'password', fault });
	const passwordHash = await hashPassword(input.password);
	try {
		const accountId = await db.transaction().execute(async (trx) => {
			if (!(await useSetupLink(trx, input.token, input.now))) throw new Taken('link');
			return addOrganisation({ db: trx, ring }, input, passwordHash);
		});
		return { ok: true, done: { accountId } };
	} catch (cause) {
		if (cause instanceof Taken) return refused({ reason: cause.reason });
		throw cause;
	}
}

async function addOrganisation(
	{ db, ring }: { db: Db; ring: KeyRing },
	input: Setup & { locale: Locale; now: number },
	passwordHash: string
): Promise<string> {
	const [sectionId, id] = [newId(), newId()];
	await db
		.insertInto('section')
		.values({
			id: sectionId,
			name_texts: textsJson({ [input.language]: input.organisation }),
			country: input.country,
			zone: input.zone,
			locale: `${input.language}-${input.country}`,
			week_starts_on: Number(input.weekStartsOn),
			languages: languagesFrom(input.language, input.languages).join(','),
			closed_weekdays: weekdaysText(input.closedWeekdays),
			is_example: 0
		})
		.execute();
	const isMade = await insertAccount(db, ring, {
		...{ id, section_id: sectionId, email: input.email, name: input.admin },
		...{ password_hash: passwordHash, locale: input.locale, created_at: input.now }
	});
	if (!isMade) throw new Taken('email_taken');
	await replaceRoles(
		{ db, now: input.now },
		id,
		FIRST_ROLES.map((role) => ({
			...{ account_id: id, section_id: sectionId, role, centre_id: null, body_id: null }
		}))
	);
	const year = Number(dateIn(input.zone, input.now).slice(0, 4));
	if (input.holidays === 'yes') await seedHolidays(db, sectionId, input.country, [year, year + 1]);
	await startDirectory(db, sectionId, input.country);
	await auditOwn(db, {
		...{ accountId: id, sectionId, now: input.now },
		...{ action: 'set up organisation', object: { type: 'section', id: sectionId } },
		fields: ['name_texts', 'country', 'zone', 'languages', 'week_starts_on', 'closed_weekdays']
	});
	return id;
}

export type OrganisationRefusal = { reason: 'zone' | 'no_name' };

/** Changes names, languages, zone and week of the own organisation. Sessions already planned keep their zone. */
export function saveOrganisation(
	ctx: Context,
	input: z.output<typeof organisationForm>,
	once: string
): Promise<Outcome<null, OrganisationRefusal | KeyReused>> {
	return command(
		ctx,
		{ name: 'save organisation', once, input },
		async ({ ctx, refuse, audit }) => {
			const section = await ctx.db
				.selectFrom('section')
				.select(['country', 'name_texts'])
				.where('id', '=', ctx.scope.sectionId)
				.executeTakeFirstOrThrow();
			if (!isZoneOf(section.country, input.zone)) refuse({ reason: 'zone' });
			const names = namesIn(input);
			if (Object.keys(names).length === 0) refuse({ reason: 'no_name' });
			await ctx.db
				.updateTable('section')
				.set({
					name_texts: textsJson(names),
					zone: input.zone,
					locale: `${input.language}-${section.country}`,
					languages: languagesFrom(input.language, input.languages).join(','),
					week_starts_on: Number(input.weekStartsOn),
					closed_weekdays: weekdaysText(input.closedWeekdays)
				})
				.where('id', '=', ctx.scope.sectionId)
				.execute();
			await audit({
				action: 'save organisation',
				objectType: 'section',
				objectId: ctx.scope.sectionId,
				fields: ['name_texts', 'zone', 'languages', 'week_starts_on', 'closed_weekdays']
			});
			return null;
		}
	);
}
