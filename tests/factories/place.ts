import type { FreshDatabase } from '#tests/harness/databases.ts';
import {
	addAccount,
	addCentre,
	addCohort,
	addCycle,
	addRoom,
	addSection,
	addVersion,
	type Account,
	type CycleOf,
	type Place
} from './rows.ts';

/** A centre with one room, two facilitators, a coordinator and a cohort that both facilitate. */
export interface Setting extends Place {
	roomId: string;
	versionId: string;
	cohortId: string;
	rana: Account;
	karim: Account;
	coordinator: Account;
	manager: Account;
}

/** A setting of its own in a new section, or at a new centre of the section given. */
export async function aSetting(
	fresh: FreshDatabase,
	{ sectionId, sessionCount = 4 }: { sectionId?: string; sessionCount?: number } = {}
): Promise<Setting> {
	const section = sectionId ?? (await addSection(fresh));
	const place = { sectionId: section, centreId: await addCentre(fresh, section) };
	const staff = (name: string, role?: Account['role']) =>
		addAccount(fresh, { sectionId: section, centreIds: [place.centreId], name, role });
	const [rana, karim] = [await staff('Rana'), await staff('Karim')];
	return {
		...place,
		roomId: await addRoom(fresh, place, 'Blue room'),
		versionId: await addVersion(fresh, section, { sessionCount }),
		cohortId: await addCohort(fresh, place, { facilitators: [rana, karim] }),
		rana,
		karim,
		coordinator: await staff('Salma', 'coordinator'),
		manager: await addAccount(fresh, { sectionId: section, role: 'manager', name: 'Nadim' })
	};
}

/** A cycle of the setting's cohort, to put sessions into. */
export async function aCycle(
	fresh: FreshDatabase,
	setting: Setting,
	cohortId = setting.cohortId
): Promise<CycleOf & { cycleId: string }> {
	const cycle = { ...setting, cohortId, plannedBy: setting.rana.id };
	return { ...cycle, cycleId: await addCycle(fresh, cycle) };
}
