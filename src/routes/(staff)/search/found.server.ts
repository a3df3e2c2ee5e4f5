import {
	getSection,
	listCentres,
	listRoomsEverywhere
} from '#lib/features/centres/queries.server.ts';
import { listCohorts } from '#lib/features/cohorts/queries.server.ts';
import { listCurrentVersions } from '#lib/features/curricula/queries.server.ts';
import { ageOn } from '#lib/features/people/rules.ts';
import { findPeople } from '#lib/features/people/search.queries.server.ts';
import { kindWords } from '#lib/features/people/words.ts';
import { listMilestoneNames } from '#lib/features/roadmap/queries.server.ts';
import { listSessions } from '#lib/features/sessions/queries.server.ts';
import { permissionsOf, type Permission } from '#lib/platform/access/roles.ts';
import { addDays, daysBetween } from '#lib/platform/clock/days.ts';
import { within } from '#lib/platform/command/context.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import { actorOf, ctxOf } from '#lib/platform/command/who.ts';
import { saysAll, wordsOf } from '#lib/platform/i18n/fold.ts';
import { formatDate } from '#lib/platform/i18n/format.ts';
import { placesFor } from '../nav.ts';
import { readerOf } from '../reader.server.ts';
import { MOST_OF_A_KIND, type Found, type Group, type Kind } from './found.ts';

/** Sessions further away than this are found by their cohort. */
const NEAR_DAYS = 31;

/** What is asked of a list: words, or things opened before. Whoever lists all there is may ignore it. */
type Wanted = { words: string } | { ids: readonly string[] };

/** What can be found, in the order it is shown, and where the pages of single things of a list begin. */
const LISTS: readonly {
	kind: Kind;
	permission: Permission;
	list: (locals: App.Locals, wish: Wanted) => Promise<Found[]>;
	path?: string;
	/** True when the list holds nothing but what fits the words. */
	matches?: true;
}[] = [
	{ kind: 'person', permission: 'see people', list: people, path: '/people/', matches: true },
	{ kind: 'cohort', permission: 'see cohorts', list: cohorts, path: '/cohorts/' },
	{ kind: 'session', permission: 'see sessions', list: sessions, path: '/sessions/' },
	{ kind: 'centre', permission: 'see calendar', list: places },
	{ kind: 'curriculum', permission: 'see curricula', list: curricula, path: '/curricula/' },
	{ kind: 'roadmap', permission: 'see roadmaps', list: milestones, path: '/roadmaps/' }
];

/**
 * What is found by these words among what the asker may open, kind by kind, each shortened; with no words
 * what was opened before and the pages. Every list is read with the permission of its page, and of the rows
 * that one reaches.
 */
export async function findAll(
	locals: App.Locals,
	{ words = '', recent }: { words?: string | undefined; recent: readonly string[] }
): Promise<Group[]> {
	const asked = wordsOf(words);
	const may = permissionsOf(actorOf(locals));
	const pages = placesFor(may).map(({ href, label }) => ({ href, name: label(), about: '' }));
	const groups: Group[] = [];
	if (asked.length > 0) {
		groups.push(groupOf('page', asked, pages));
		for (const { kind, permission, list, matches } of LISTS) {
			if (!may.includes(permission)) continue;
			const found = await list(exercising(locals, permission), { words });
			groups.push(matches ? shortened(kind, found) : groupOf(kind, asked, found));
		}
	} else {
		const again = LISTS.filter(
			({ permission, path }) =>
				may.includes(permission) && recent.some((href) => path && href.startsWith(path))
		);
		const ids = recent.map((href) => href.split('/').at(-1)!);
		const found = (
			await Promise.all(
				again.map(({ list, permission }) => list(exercising(locals, permission), { ids }))
			)
		).flat();
		const opened = recent.flatMap((href) => found.find((one) => one.href === href) ?? []);
		groups.push(
			{ kind: 'recent', found: opened, more: 0 },
			{ kind: 'page', found: pages, more: 0 }
		);
	}
	return groups.filter(({ found }) => found.length > 0);
}

function exercising(locals: App.Locals, permission: Permission): App.Locals {
	const { ctx } = locals;
	return { ...locals, ctx: ctx && within(ctx, permission) };
}

function groupOf(kind: Kind, asked: string[], all: readonly Found[]): Group {
	return shortened(
		kind,
		all.filter(({ name, about }) => saysAll(asked, `${name} ${about}`))
	);
}

function shortened(kind: Kind, found: readonly Found[]): Group {
	return {
		kind,
		found: found.slice(0, MOST_OF_A_KIND),
		more: Math.max(0, found.length - MOST_OF_A_KIND)
	};
}

/** By name in either script or by own number: names are compared by how they sound. */
async function people(locals: App.Locals, wish: Wanted): Promise<Found[]> {
	const { locale, now, read } = locals;
	const found =
		'ids' in wish
			? await findPeople(ctxOf(locals), wish.ids, locale)
			: await read('people found', { words: wish.words });
	const today = dateIn('UTC', now);
	return found.map(({ id, name, birthYear, centre, ...about }) => ({
		href: `/people/${id}`,
		name,
		about: [
			kindWords({ ...about, age: ageOn({ birthYear, ...about }, today) }),
			String(birthYear),
			...(centre ? [centre] : [])
		].join(' · ')
	}));
}

async function cohorts(locals: App.Locals): Promise<Found[]> {
	const { locale } = locals;
	const ctx = ctxOf(locals);
	const centres = new Map((await listCentres(ctx, locale)).map(({ id, name }) => [id, name]));
	return (await listCohorts(ctx, locale)).map(({ id, name, centreId }) => ({
		href: `/cohorts/${id}`,
		name,
		about: centres.get(centreId) ?? ''
	}));
}

/** Today's first, then the nearest, later before earlier. */
async function sessions(locals: App.Locals): Promise<Found[]> {
	const { locale, now } = locals;
	const ctx = ctxOf(locals);
	const { zone } = await getSection(ctx, locale);
	const today = dateIn(zone, now);
	const from = addDays(today, -NEAR_DAYS);
	const near = await listSessions(ctx, { from, to: addDays(today, NEAR_DAYS) }, locale);
	return near
		.filter(({ own }) => own)
		.map((session) => ({ session, distance: Math.abs(daysBetween(today, session.date)) }))
		.sort((a, b) => a.distance - b.distance)
		.map(({ session: { id, cohort, title, date, time, facilitators } }) => ({
			href: `/sessions/${id}`,
			name: `${cohort} · ${formatDate(date, locale, 'day')} ${time}`,
			about: [title, ...facilitators].join(' · ')
		}));
}

async function places(locals: App.Locals): Promise<Found[]> {
	const { locale } = locals;
	const ctx = ctxOf(locals);
	const centres = await listCentres(ctx, locale);
	const rooms = await listRoomsEverywhere(ctx, locale);
	return [
		...centres.map(({ id, name }) => ({ href: `/calendar?centre=${id}`, name, about: '' })),
		...rooms.map(({ id, name, centreId, centre }) => ({
			href: `/calendar?centre=${centreId}&room=${id}`,
			name,
			about: centre
		}))
	];
}

async function curricula(locals: App.Locals): Promise<Found[]> {
	const { locale } = locals;
	const ctx = ctxOf(locals);
	const versions = await listCurrentVersions(ctx, locale);
	return versions.map(({ id, name }) => ({ href: `/curricula/versions/${id}`, name, about: '' }));
}

async function milestones(locals: App.Locals): Promise<Found[]> {
	const rows = await listMilestoneNames(readerOf(locals), locals.locale);
	const roadmaps = new Map(rows.map((row) => [row.roadmapId, row]));
	return [
		...[...roadmaps.values()].map(({ roadmapId, roadmap, section }) => ({
			href: `/roadmaps/${roadmapId}`,
			name: roadmap,
			about: section
		})),
		...rows.map(({ id, name, roadmap }) => ({
			href: `/roadmaps/milestones/${id}`,
			name,
			about: roadmap
		}))
	];
}
