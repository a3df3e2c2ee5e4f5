import { z } from 'zod';
import { date, id, ids, line, names, whole } from '#lib/platform/forms/fields.ts';

/** Bodies of one project, and sections. */
const MOST = 100;

const yes = () => z.enum(['yes'], { error: 'choose' }).optional();

const project = {
	...names(160),
	starts: date(),
	ends: date(),
	countries: line(400).optional(),
	funder: ids(MOST),
	newFunder: line(120).optional(),
	partner: ids(MOST),
	newPartner: line(120).optional(),
	advisory: line(300).optional(),
	section: ids(MOST)
};
const isNamed = (typed: { name_en?: string; name_fr?: string; name_ar?: string }) =>
	Boolean(typed.name_en ?? typed.name_fr ?? typed.name_ar);
const unnamed = { path: ['name_en'], error: 'required' };
const isInOrder = ({ starts, ends }: { starts: string; ends: string }) => starts <= ends;
const endsFirst = { path: ['ends'], error: 'dates_order' };

export const projectForm = z
	.strictObject(project)
	.refine(isNamed, unnamed)
	.refine(isInOrder, endsFirst);

export const projectEditForm = z
	.strictObject({ version: whole(1, 1_000_000), ...project })
	.refine(isNamed, unnamed)
	.refine(isInOrder, endsFirst);

/** Ending a project, or letting it run on, asks for nothing but the decision. */
export const endForm = z.strictObject({});

/** What a section lets the others see of its own in a project. */
export const showForm = z.strictObject({ roadmaps: yes(), targets: yes() });

export const cycleForm = z.strictObject({ cycle: id() });

export const roadmapForm = z.strictObject({ roadmap: id() });
